// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/answer.h"
#include "client/openanswers.h"
#include "client/requests.h"
#include "testing/coroutine.h"
#include "testing/main.h"

using namespace drover;

namespace {

struct Question
{
    quint64 request = 0;
    QString text;
};

QCoro::Task<> awaitInto(Answer<int> answer, QList<int> *got)
{
    const Result<int> value = co_await answer;
    got->append(value ? *value : -int(value.error().code()));
}

} // namespace

//! What a client is told once, whatever happens: Answer, Requests and OpenAnswers.
class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstValueCounts_data();
    void theFirstValueCounts();
    void thenComesFromTheEventLoop();
    void thenIsNotCalledWithoutItsContext();
    void aDroppedAnswerIsHarmless();
    void aRequestIsAnsweredOnce();
    void openRequestsAreAskedAgain();
    void openRequestsFail();
    void answersComeFromTheEventLoop();
    void openAnswersEndWithTheirOwner();
};

void TestAnswers::theFirstValueCounts_data()
{
    QTest::addColumn<bool>("awaitedBefore");
    QTest::newRow("awaited before") << true;
    QTest::newRow("awaited after") << false;
}

void TestAnswers::theFirstValueCounts()
{
    QFETCH(bool, awaitedBefore);
    QList<int> got;
    const Answer<int> answer;
    const auto tell = answer.sink();
    if (awaitedBefore)
        awaitInto(answer, &got);
    tell(1);
    tell(2);
    if (!awaitedBefore)
        awaitInto(answer, &got);
    QCOMPARE(got, QList<int>{1});
}

void TestAnswers::thenComesFromTheEventLoop()
{
    QList<int> got;
    const Answer<int> answer;
    answer.sink()(1);
    answer.then(this, [&got](Result<int> value) { got.append(*value); });
    QVERIFY(got.isEmpty());
    QTRY_COMPARE(got, QList<int>{1});
}

void TestAnswers::thenIsNotCalledWithoutItsContext()
{
    int calls = 0;
    for (const bool told : {false, true}) {
        auto context = std::make_unique<QObject>();
        const Answer<int> answer;
        answer.then(context.get(), [&calls](const Result<int> &) { ++calls; });
        if (told)
            answer.sink()(1);
        context.reset();
        answer.sink()(2);
    }
    QCoreApplication::processEvents();
    QCOMPARE(calls, 0);
}

void TestAnswers::aDroppedAnswerIsHarmless()
{
    const auto tell = Answer<int>().sink();
    tell(1);
}

void TestAnswers::aRequestIsAnsweredOnce()
{
    Requests<Question, int> requests;
    QList<int> got;
    QCOMPARE(requests.add(7, {}, [&got](Result<int> value) { got.append(*value); }).request, 7u);
    requests.answer(8, 0);
    QVERIFY(got.isEmpty());
    requests.answer(7, 1);
    requests.answer(7, 2);
    requests.failAll(Error(ErrorCode::ClientClosed, {}));
    QCOMPARE(got, QList<int>{1});
}

void TestAnswers::openRequestsAreAskedAgain()
{
    Requests<Question, int> requests;
    for (quint64 number : {1, 2, 3})
        requests.add(number, {0, QString::number(number)}, [](const Result<int> &) {});
    requests.answer(2, 0);
    QStringList asked;
    requests.askAgain([&asked](const Question &question) {
        asked.append(QStringLiteral("%1=%2").arg(question.request).arg(question.text));
    });
    QCOMPARE(asked, (QStringList{QStringLiteral("1=1"), QStringLiteral("3=3")}));
}

void TestAnswers::openRequestsFail()
{
    Requests<Question, int> requests;
    QList<ErrorCode> codes;
    requests.add(1, {}, [&](const Result<int> &value) {
        codes.append(value.error().code());
        requests.add(2, {}, [&codes](const Result<int> &later) { codes.append(later.error().code()); });
    });
    requests.failAll(Error(ErrorCode::ClientClosed, {}));
    QVERIFY(codes == QList<ErrorCode>{ErrorCode::ClientClosed});
    requests.failAll(Error(ErrorCode::Unavailable, {}));
    QCOMPARE(codes.size(), 2);
}

void TestAnswers::answersComeFromTheEventLoop()
{
    OpenAnswers open(this);
    QList<int> got;
    const Answer<int> answer;
    awaitInto(answer, &got);
    open.later<int>(answer.sink(), [] { return 5; });
    QVERIFY(got.isEmpty());
    QTRY_COMPARE(got, QList<int>{5});
}

void TestAnswers::openAnswersEndWithTheirOwner()
{
    QList<int> got;
    const Answer<int> answer;
    awaitInto(answer, &got);
    auto owner = std::make_unique<QObject>();
    {
        OpenAnswers open(owner.get());
        open.later<int>(answer.sink(), [] { return 5; });
    }
    QCOMPARE(got, QList<int>{-int(ErrorCode::ClientClosed)});
    owner.reset();
    QCoreApplication::processEvents();
    QCOMPARE(got.size(), 1);
}

DROVER_TEST_MAIN(TestAnswers)

#include "tst_answers.moc"
