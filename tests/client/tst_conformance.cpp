// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "client/taskhandle.h"
#include "testing/coroutine.h"
#include "testplugin/test.h"

#include <QtTest/QSignalSpy>

#include <map>

using namespace drover;
using namespace drover::testing;

namespace {

QCoro::Task<> countAwait(Submitted<int> submitted, QList<int> *got)
{
    const Result<int> result = co_await submitted;
    got->append(result.value_or(-1));
}

} // namespace

//! What every kind of broker does alike.
class TestConformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { Place::addRows(); }
    void init();
    void cleanupTestCase() { m_places.clear(); }
    void itIsConnected();
    void aCallReturns();
    void aSubmitIsAcceptedAndSettles();
    void aTaskIsAwaitedManyTimes();
    void aFinishedTaskIsShown();
    void aFailedTaskIsShown();
    void functionsAreListed();
    void anUnknownTaskIsNotFound();
    void aHandleFollowsATask();
    void aHandleOfAnUnknownTaskFails();
    void oneHandleOfTwoMayGo();
    void aWaitingTaskIsCancelled();
    void aRunningTaskIsStopped();
    void cancellingAParentCancelsItsChildren();
    void cancellingTooLateChangesNothing();
    void aFinishedTaskRunsAgainAndItsLogIsKept();
    void aTaskIsAttachedById();
    void theStatusCounts();
    void aStreamIsReadFromTheStart();
    void aLongStreamIsReadToItsEnd();
    void theSameKeyIsTheSameTask();
    void theSameKeyWithOtherArgumentsIsAConflict();
    void aDroppedTaskIsCancelledOnRequest();
    void aRangeIsMappedAndFoundAgain();

private:
    Client &client() { return m_place->client(); }
    QList<StreamItem> streamOf(TaskId id);

    std::map<QString, std::unique_ptr<Place>> m_places;
    Place *m_place = nullptr;
};

void TestConformance::init()
{
    QFETCH_GLOBAL(QString, scheme);
    auto &place = m_places[scheme];
    if (!place) {
        place = std::make_unique<Place>(scheme);
        QVERIFY(place->start());
    }
    m_place = place.get();
}

void TestConformance::itIsConnected()
{
    QVERIFY(testing::resultOf(client().connected()).has_value());
    QVERIFY(client().isConnected());
    QCOMPARE(client().connectionError().code(), ErrorCode::None);
}

void TestConformance::aCallReturns()
{
    DROVER_RUN([&]() -> QCoro::Task<> {
        const Result<QByteArray> bytes = co_await client().call(test::echo, QByteArray("hello"));
        CO_VERIFY(bytes);
        CO_COMPARE(*bytes, QByteArray("hello"));
    });
}

void TestConformance::aSubmitIsAcceptedAndSettles()
{
    const auto task = client().submit(test::sleep, 1);
    QVERIFY(!task.isFinished());
    QVERIFY(acceptanceOf(task).has_value());
    QCOMPARE(testing::resultOf(task).value_or(0), 1);
    QTRY_VERIFY(task.isSettled());
    QCOMPARE(client().backend()->unacknowledged(), 0);
}

void TestConformance::aTaskIsAwaitedManyTimes()
{
    QList<int> got;
    const auto task = client().submit(test::sleep, 2);
    countAwait(task, &got);
    countAwait(task, &got);
    QTRY_COMPARE(got, (QList<int>{2, 2}));
    countAwait(task, &got);
    QCOMPARE(got.size(), 3);
}

void TestConformance::aFinishedTaskIsShown()
{
    const auto task = client().submit(test::sleep, 3);
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Success));
    const TaskInfo info = *testing::resultOf(client().show(task.id()));
    QCOMPARE(info.id, task.id());
    QCOMPARE(info.function, QStringLiteral("test.sleep"));
    QCOMPARE(info.queue, QStringLiteral("default"));
    QCOMPARE(info.reason, Reason::None);
    QCOMPARE(info.attempt, 1u);
    QCOMPARE(info.attempts.size(), 1);
    QCOMPARE(info.attempts.first().state, State::Success);
    QVERIFY(info.submittedMs > 0 && info.finishedMs >= info.submittedMs);
    QVERIFY(info.summary.contains(QLatin1Char('3')));
}

void TestConformance::aFailedTaskIsShown()
{
    const auto task = client().submit(test::raise, QStringLiteral("why"));
    QVERIFY(!testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Failure));
    const TaskInfo info = *testing::resultOf(client().show(task.id()));
    QCOMPARE(info.reason, Reason::Exception);
    QCOMPARE(info.error.message(), QStringLiteral("why"));
    QCOMPARE(info.attempts.size(), 1);
    QCOMPARE(info.attempts.first().error.typeName(), QStringLiteral("std::runtime_error"));
}

void TestConformance::functionsAreListed()
{
    const auto all = testing::resultOf(client().functions());
    QVERIFY(all && all->size() >= 14);
    const auto one = testing::resultOf(client().functions(test::parent.name()));
    QVERIFY(one && one->size() == 1);
    QCOMPARE(one->first().signature.toString(), test::parent.signature().toString());
    QCOMPARE(one->first().workers, 1u);
    const auto none = testing::resultOf(client().functions(QStringLiteral("no.such")));
    QVERIFY(none && none->isEmpty());
}

void TestConformance::anUnknownTaskIsNotFound()
{
    const TaskId id = IdGenerator().next();
    QCOMPARE(testing::resultOf(client().show(id)).error().code(), ErrorCode::NotFound);
    QCOMPARE(testing::resultOf(client().cancel(id)).error().code(), ErrorCode::NotFound);
    QCOMPARE(testing::resultOf(client().attach<int>(id)).error().code(), ErrorCode::NotFound);
}

void TestConformance::aHandleFollowsATask()
{
    const auto task = client().submit(test::sleep, 100);
    TaskHandle *handle = client().watch(task.id(), this);
    QStringList states;
    connect(handle, &TaskHandle::changed, this, [&] { states.append(handle->stateText()); });
    QSignalSpy finished(handle, &TaskHandle::finished);
    QVERIFY(QTest::qWaitFor([&] { return handle->isFinished(); }, patienceMs));
    QCOMPARE(handle->stateText(), QStringLiteral("SUCCESS"));
    QCOMPARE(finished.size(), 1);
    QVERIFY2(states.size() >= 2 && states.last() == QLatin1String("SUCCESS"),
             qPrintable(states.join(QLatin1Char(' '))));
    QCOMPARE(states.count(QStringLiteral("SUCCESS")), 1);
    delete handle;
}

void TestConformance::aHandleOfAnUnknownTaskFails()
{
    const std::unique_ptr<TaskHandle> handle(client().watch(IdGenerator().next(), nullptr));
    QSignalSpy failed(handle.get(), &TaskHandle::failed);
    QVERIFY(failed.wait(patienceMs));
    QCOMPARE(failed.first().first().value<Error>().code(), ErrorCode::NotFound);
}

void TestConformance::oneHandleOfTwoMayGo()
{
    const auto task = client().submit(test::sleep, 100);
    std::unique_ptr<TaskHandle> one(client().watch(task.id(), nullptr));
    const std::unique_ptr<TaskHandle> two(client().watch(task.id(), nullptr));
    one.reset();
    QVERIFY(QTest::qWaitFor([&] { return two->isFinished(); }, patienceMs));
}

void TestConformance::aWaitingTaskIsCancelled()
{
    const auto busy = client().submit(test::sleep, 60'000);
    const auto waiting = client().submit(test::sleep, 60'000, Options());
    if (m_place->isRemote())
        QVERIFY(reaches(client(), busy.id(), State::Started));
    waiting.cancel();
    QCOMPARE(testing::resultOf(waiting).error().code(), ErrorCode::Revoked);
    QVERIFY(reaches(client(), waiting.id(), State::Revoked));
    QCOMPARE(testing::resultOf(client().cancel(waiting.id())).value(), CancelOutcome::Done);
    busy.cancel();
    QCOMPARE(testing::resultOf(busy).error().code(), ErrorCode::Revoked);
}

void TestConformance::aRunningTaskIsStopped()
{
    const auto task = client().submit(test::sleep, 60'000);
    QVERIFY(reaches(client(), task.id(), State::Started));
    QCOMPARE(testing::resultOf(client().cancel(task.id())).value(), CancelOutcome::Requested);
    const auto result = testing::resultOf(task);
    QCOMPARE(result.error().code(), ErrorCode::Revoked);
    QCOMPARE(result.error().reason(), Reason::User);
    QCOMPARE(result.error().message(), QStringLiteral("The task was cancelled."));
    QVERIFY(reaches(client(), task.id(), State::Revoked));
}

void TestConformance::cancellingAParentCancelsItsChildren()
{
    const auto parent = client().submit(test::parent, 60'000);
    TaskId child;
    const std::unique_ptr<TaskHandle> handle(client().watch(parent.id(), nullptr));
    connect(handle.get(), &TaskHandle::received, this, [&](quint32, const QList<StreamItem> &items) {
        for (const StreamItem &item : items) {
            if (item.kind == StreamItem::Value)
                child = TaskId::fromString(decodeValue<QString>(item.data).value()).value_or(TaskId());
        }
    });
    handle->openStream();
    QVERIFY(QTest::qWaitFor([&] { return !child.isNull(); }, patienceMs));
    QVERIFY(reaches(client(), child, State::Started));
    parent.cancel();
    QCOMPARE(testing::resultOf(parent).error().code(), ErrorCode::Revoked);
    QVERIFY(reaches(client(), child, State::Revoked));
}

void TestConformance::cancellingTooLateChangesNothing()
{
    const auto task = client().submit(test::sleep, 1);
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Success));
    QCOMPARE(testing::resultOf(client().cancel(task.id())).value(), CancelOutcome::TooLate);
    QCOMPARE(testing::resultOf(client().attach<int>(task.id())).value_or(0), 1);
}

void TestConformance::aFinishedTaskRunsAgainAndItsLogIsKept()
{
    const auto task = client().submit(test::emitItems, 2);
    QCOMPARE(testing::resultOf(task).value_or(0), 2);
    QTRY_VERIFY(task.isSettled());
    const Result<TaskInfo> info = testing::resultOf(client().show(task.id()));
    QVERIFY(info && info->attempts.size() == 1);
    QCOMPARE(info->attempts[0].log, QStringLiteral("line 1\nline 2\n"));
    const Result<TaskId> next = testing::resultOf(client().retry(task.id()));
    QVERIFY(next && *next != task.id());
    QCOMPARE(testing::resultOf(client().attach<int>(*next)).value_or(0), 2);
    const auto running = client().submit(test::sleep, 60'000);
    QVERIFY(acceptanceOf(running).has_value());
    QCOMPARE(testing::resultOf(client().retry(running.id())).error().code(), ErrorCode::Conflict);
    running.cancel();
    QCOMPARE(testing::resultOf(running).error().code(), ErrorCode::Revoked);
    const TaskId unknown = IdGenerator().next();
    QCOMPARE(testing::resultOf(client().retry(unknown)).error().code(), ErrorCode::NotFound);
}

void TestConformance::aTaskIsAttachedById()
{
    const std::unique_ptr<Client> second = m_place->another();
    Client &other = second ? *second : client();
    const auto before = client().submit(test::sleep, 100);
    QVERIFY(acceptanceOf(before).has_value());
    QCOMPARE(testing::resultOf(other.attach<int>(before.id())).value_or(0), 100);
    QCOMPARE(testing::resultOf(before).value_or(0), 100);
    QTRY_VERIFY(before.isSettled());
    QCOMPARE(testing::resultOf(other.attach(before.id())).value().toInt(), 100);
}

void TestConformance::theStatusCounts()
{
    const auto status = testing::resultOf(client().status());
    QVERIFY(status && !status->name.isEmpty() && !status->durability.isEmpty());
    QVERIFY(status->startedMs > 0);
    if (m_place->isRemote()) {
        QCOMPARE(status->workers, 1u);
        QCOMPARE(status->slotCount, 1u);
        QCOMPARE(status->durability, QStringLiteral("disk"));
        QVERIFY(status->epoch > 0 && status->pid > 0);
    }
}

QList<StreamItem> TestConformance::streamOf(TaskId id)
{
    QList<StreamItem> all;
    bool over = false;
    const std::unique_ptr<TaskHandle> handle(client().watch(id, nullptr));
    connect(handle.get(), &TaskHandle::received, this, [&](quint32, const QList<StreamItem> &items, bool end) {
        all += items;
        over |= end;
    });
    handle->openStream(1);
    if (!QTest::qWaitFor([&] { return over; }, patienceMs))
        qWarning("the stream did not end");
    all.removeIf([](const StreamItem &item) { return item.kind == StreamItem::End; });
    return all;
}

void TestConformance::aStreamIsReadFromTheStart()
{
    const auto task = client().submit(test::emitItems, 2);
    const QList<StreamItem> items = streamOf(task.id());
    QStringList read;
    for (const StreamItem &item : items)
        read.append(QStringLiteral("%1:%2").arg(item.seq).arg(int(item.kind)));
    QCOMPARE(read.join(QLatin1Char(' ')), QStringLiteral("1:1 2:2 3:5 4:1 5:2 6:5"));
    QCOMPARE(Progress::fromData(items.at(3).data).value(), (Progress{2, 2, QStringLiteral("step 2")}));
    QCOMPARE(items.at(4).data, QByteArray("line 2"));
    QCOMPARE(decodeValue<int>(items.at(5).data).value_or(0), 2);
}

void TestConformance::aLongStreamIsReadToItsEnd()
{
    const auto task = client().submit(test::emitBytes, 40, 32 * 1024); // several times the credit
    qsizetype bytes = 0;
    for (const StreamItem &item : streamOf(task.id())) {
        QVERIFY2(item.kind == StreamItem::Value, qPrintable(QString::number(item.kind)));
        bytes += decodeValue<QByteArray>(item.data).value().size();
    }
    QCOMPARE(bytes, 40 * 32 * 1024);
}

void TestConformance::theSameKeyIsTheSameTask()
{
    if (!client().backend()->enforces().testFlag(Options::IdempotencyKey))
        return; // tst_options proves that it is refused
    const Options options = Options().idempotencyKey("once");
    const auto first = client().submit(test::sleep, 20, options);
    const auto second = client().submit(test::sleep, 20, options);
    QVERIFY(acceptanceOf(first) && acceptanceOf(second));
    QCOMPARE(second.id(), first.id());
    QCOMPARE(testing::resultOf(first).value_or(0), 20);
    QCOMPARE(testing::resultOf(second).value_or(0), 20);
    QTRY_VERIFY(second.isSettled());
    const auto third = client().submit(test::sleep, 20, options);
    QCOMPARE(testing::resultOf(third).value_or(0), 20);
    QCOMPARE(third.id(), first.id());
}

void TestConformance::theSameKeyWithOtherArgumentsIsAConflict()
{
    if (!client().backend()->enforces().testFlag(Options::IdempotencyKey))
        return;
    const Options options = Options().idempotencyKey("other");
    const auto first = client().submit(test::sleep, 20, options);
    const auto second = client().submit(test::sleep, 21, options);
    QVERIFY(acceptanceOf(first).has_value());
    QCOMPARE(acceptanceOf(second).error().code(), ErrorCode::Conflict);
    QCOMPARE(testing::resultOf(second).error().code(), ErrorCode::Conflict);
    QCOMPARE(testing::resultOf(first).value_or(0), 20);
}

void TestConformance::aDroppedTaskIsCancelledOnRequest()
{
    const auto task = client().submit(test::sleep, 60'000);
    QVERIFY(reaches(client(), task.id(), State::Started));
    {
        const auto guard = task.cancelOnDrop();
    }
    QCOMPARE(testing::resultOf(task).error().code(), ErrorCode::Revoked);
}

void TestConformance::aRangeIsMappedAndFoundAgain()
{
    DROVER_RUN([&]() -> QCoro::Task<> {
        const QList<int> pauses{3, 1, 2};
        const Batch<int> batch = client().map(test::sleep, pauses);
        const Result<QList<Result<int>>> all = co_await batch.all();
        CO_VERIFY(all && all->size() == 3);
        CO_COMPARE(all->first().value_or(0), 3);
        const Batch<int> again = client().attachBatch<int>(batch.id());
        int sum = 0;
        while (const auto item = co_await again.next())
            sum += item->result.value_or(100);
        CO_COMPARE(sum, 6);
    });
}

DROVER_TEST_MAIN(TestConformance)

#include "tst_conformance.moc"
