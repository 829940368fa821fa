// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "client/relay.h"
#include "testing/coroutine.h"
#include "testplugin/test.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QRandomGenerator>

using namespace drover;
using namespace drover::testing;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qsizetype mega = 256 * 1024; // every byte takes many times as long
#else
constexpr qsizetype mega = 1024 * 1024;
#endif

//! Bytes that compress badly and differ everywhere.
QByteArray noise(qsizetype size, quint32 seed = 1)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator random(seed);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), size / qsizetype(sizeof(quint32)));
    return bytes;
}

//! What all() of a batch gives, waited for with a turning event loop.
template <typename R> Result<QList<Result<R>>> allOf(const Batch<R> &batch)
{
    Result<QList<Result<R>>> got = fail(ErrorCode::Timeout, QStringLiteral("the batch did not end"));
    const CoroutineRun run = runCoroutine([&]() -> QCoro::Task<> { got = co_await batch.all(); });
    return run ? std::move(got) : fail(ErrorCode::Timeout, run.trouble);
}

} // namespace

//! Arguments and results that do not fit into a message.
class TestLargeValues : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Place> place;

    Client &client() { return place->client(); }
    void make(const QString &scheme)
    {
        place = std::make_unique<Place>(scheme);
        QVERIFY(place->start());
    }
    QString home() const { return place->site().home(); }
    QStringList blobs(const QString &pattern = QStringLiteral("*")) const
    {
        return QDir(home() + QStringLiteral("/broker.db.blobs")).entryList({pattern}, QDir::Files);
    }
    //! The files of running attempts.
    QStringList scratch() const
    {
        QStringList found;
        const QDir folder(home() + QStringLiteral("/scratch"));
        for (const QString &worker : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            found += QDir(folder.filePath(worker)).entryList(QDir::Files);
        return found;
    }
    //! How many small calls, one after the other, end before \a task does.
    template <typename R> int callsBefore(const Submitted<R> &task)
    {
        for (int calls = 0;; ++calls) {
            const auto small = client().submit(test::noop);
            if (!QTest::qWaitFor([&] { return small.isFinished() || task.isFinished(); }, patienceMs)
                || task.isFinished())
                return calls;
        }
    }

private Q_SLOTS:
    void cleanup() { place.reset(); }
    void valuesOfAllSizesComeBack_data() { Place::addRows(); }
    void valuesOfAllSizesComeBack();
    void aHundredMegabytesHoldUpNothing_data();
    void aHundredMegabytesHoldUpNothing();
    void resultsOfABatchMayBeLarge();
    void anItemOfABatchMayNotBeHuge_data();
    void anItemOfABatchMayNotBeHuge();
    void rawBytes();
    void aNestedTaskHasLimits();
    void aCancelWhileItIsSent();
    void aBrokerKilledInThePut();
    void aWorkerKilledWhileItFetches();
    void aCutLinkSendsAgain();
    void whatIsFinishedIsFoundAfterARestart();
};

void TestLargeValues::valuesOfAllSizesComeBack()
{
    QFETCH(QString, scheme);
    make(scheme);
    for (const qsizetype size : {qsizetype(0), blobThreshold - 16, blobThreshold, 3 * mega, 17 * mega}) {
        const QByteArray value = noise(size & ~qsizetype(3));
        const auto task = client().submit(test::echo, value);
        const Result<void> accepted = acceptanceOf(task);
        QVERIFY2(accepted, qPrintable(accepted ? QString() : accepted.error().message()));
        const Result<QByteArray> result = resultOf(task);
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message()));
        QVERIFY(*result == value);
    }
    QTRY_VERIFY(client().backend()->unacknowledged() == 0);
    if (place->isRemote())
        QTRY_COMPARE(scratch(), QStringList());
}

void TestLargeValues::aHundredMegabytesHoldUpNothing_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("embedded") << QStringLiteral("embedded:");
    QTest::newRow("local") << QStringLiteral("local:");
}

void TestLargeValues::aHundredMegabytesHoldUpNothing()
{
    QFETCH(QString, scheme);
    make(scheme);
    const QByteArray value = noise(100 * mega);
    const auto large = client().submit(test::echo, value);
    const int calls = callsBefore(large);
    const Result<QByteArray> result = resultOf(large);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message()));
    QVERIFY(*result == value);
    QVERIFY2(calls >= 20, qPrintable(QString::number(calls)));
}

void TestLargeValues::resultsOfABatchMayBeLarge()
{
    make(QStringLiteral("local:"));
    QList<QByteArray> values;
    for (quint32 i = 0; i < 8; ++i)
        values.append(noise(mega, i));
    const auto results = allOf(client().map(test::echo, values));
    QVERIFY(results && results->size() == values.size());
    for (qsizetype i = 0; i < values.size(); ++i)
        QVERIFY(results->at(i).value_or(QByteArray()) == values.at(i));
}

void TestLargeValues::anItemOfABatchMayNotBeHuge_data()
{
    Place::addRows();
}

void TestLargeValues::anItemOfABatchMayNotBeHuge()
{
    QFETCH(QString, scheme);
    make(scheme);
    const auto results = allOf(client().map(test::echo, QList<QByteArray>{QByteArray(maxInlineValue, 'x'), "small"}));
    QVERIFY(results && results->size() == 2);
    QCOMPARE(results->at(0).error().code(), ErrorCode::TooLarge);
    QVERIFY(results->at(0).error().message().contains(QString::number(maxInlineValue)));
    QCOMPARE(results->at(1), Result<QByteArray>("small"));
}

void TestLargeValues::rawBytes()
{
    make(QStringLiteral("local:"));
    const QByteArray value = noise(2 * mega);
    QVERIFY(resultOf(client().submit(test::echo, value, Options().raw())).value() == value);
}

void TestLargeValues::aNestedTaskHasLimits()
{
    make(QStringLiteral("local:"));
    QCOMPARE(resultOf(client().submit(test::nestedEcho, int(3 * mega))), Result<int>(int(3 * mega)));
    const Result<int> huge = resultOf(client().submit(test::nestedEcho, int(maxInlineValue)));
    QCOMPARE(huge.error().code(), ErrorCode::TooLarge);
    QVERIFY(huge.error().message().contains(QString::number(maxInlineValue)));
    QVERIFY(resultOf(client().submit(test::noop)));
}

void TestLargeValues::aCancelWhileItIsSent()
{
    make(QStringLiteral("local:"));
    const auto task = client().submit(test::echo, noise(50 * mega));
    QCOMPARE(resultOf(client().cancel(task.id())), Result<CancelOutcome>(CancelOutcome::Done));
    QCOMPARE(resultOf(task).error().code(), ErrorCode::Revoked);
    QCOMPARE(client().backend()->unacknowledged(), 0);
    QVERIFY(resultOf(client().submit(test::noop)));
    QTRY_COMPARE(blobs(), QStringList());
}

void TestLargeValues::aBrokerKilledInThePut()
{
    make(QStringLiteral("local:"));
    const QByteArray value = noise(40 * mega);
    const auto task = client().submit(test::echo, value);
    QVERIFY(QTest::qWaitFor([&] { return !blobs(QStringLiteral("*.part")).isEmpty(); }, patienceMs));
    QVERIFY(!task.task()->isAccepted());
    QVERIFY(place->site().kill(QStringLiteral("broker")));
    QVERIFY(!blobs(QStringLiteral("*.part")).isEmpty());
    QVERIFY(place->startBroker());
    QVERIFY(resultOf(task).value() == value);
    QVERIFY(blobs(QStringLiteral("*.part")).isEmpty());
    QCOMPARE(blobs().size(), 2); // arguments, which are a list, and result
}

void TestLargeValues::aWorkerKilledWhileItFetches()
{
    make(QStringLiteral("local:"));
    const QByteArray value = noise(40 * mega);
    const auto task = client().submit(test::echo, value);
    QVERIFY(QTest::qWaitFor([&] { return !scratch().isEmpty(); }, patienceMs));
    QVERIFY(place->site().kill(QStringLiteral("here")));
    QVERIFY(!scratch().isEmpty());
    QVERIFY(place->startWorker());
    QVERIFY(resultOf(task).value() == value);
    QTRY_COMPARE(scratch(), QStringList());
}

void TestLargeValues::aCutLinkSendsAgain()
{
    make(QStringLiteral("local:"));
    place->destroyClient();
    Relay relay(home());
    Client remote(QUrl(QStringLiteral("local:")), ClientSettings().startBroker(false).home(home()));
    QVERIFY(resultOf(remote.connected()));
    const QByteArray value = noise(40 * mega);
    const auto task = remote.submit(test::echo, value);
    QVERIFY(QTest::qWaitFor([&] { return !blobs(QStringLiteral("*.part")).isEmpty(); }, patienceMs));
    relay.cut();
    QVERIFY(acceptanceOf(task));
    relay.cut();
    QVERIFY(resultOf(task).value() == value);
    QVERIFY(relay.links() >= 3);
}

void TestLargeValues::whatIsFinishedIsFoundAfterARestart()
{
    make(QStringLiteral("local:"));
    const QByteArray value = noise(5 * mega);
    const auto first = client().submit(test::echo, value);
    QVERIFY(resultOf(first).value() == value);
    QVERIFY(QTest::qWaitFor([&] { return first.task()->isSettled(); }, patienceMs));
    QVERIFY(place->site().kill(QStringLiteral("broker")));
    QVERIFY(place->startBroker());
    QVERIFY(resultOf(client().attach<QByteArray>(first.id())).value() == value);
}

DROVER_TEST_MAIN(TestLargeValues)
#include "tst_largevalues.moc"
