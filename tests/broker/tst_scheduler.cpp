// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

//! Submits: acknowledged, recognised, refused; and what people can ask.
class TestScheduler : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSubmitIsAcknowledgedOnlyAfterItsCommit();
    void acknowledgementsAreRanges();
    void aTaskRunsBeforeItIsOnDiskAndSettlesAfterwards();
    void aResubmitIsRecognisedByItsNumber();
    void aResubmitIsRecognisedInAGap();
    void aResubmitIsRecognisedAfterARestart();
    void aResubmitOfAFinishedTaskBringsItsResult();
    void anUncommittedSubmitIsTakenAgainAfterARestart();
    void aRefusedSubmitSaysWhy_data();
    void aRefusedSubmitSaysWhy();
    void tooManyUnacknowledgedSubmitsCloseTheSession();
    void theSameIdempotencyKeyIsOneTask();
    void noUnwatchEndsWhatADuplicatePromised();
    void anIdempotencyKeyWithOtherArgumentsIsAConflict();
    void anIdempotencyKeyFindsAFinishedTask();
    void anIdempotencyKeyOfAnotherOwnerIsAnother();
    void noResultDropsTheValue();
    void aWatcherSeesEveryChangeAndTheSettledResult();
    void watchingAFinishedTaskTellsItsEnd();
    void unknownIdsAreNotFound();
    void describeCountsWorkersBySignature();
    void showTaskSaysWhyItWaits();
    void whatASilentWorkerSaidIsNoReasonToWait();
    void totalsAndChangesFollow();
};

void TestScheduler::aSubmitIsAcknowledgedOnlyAfterItsCommit()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.submit(client);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<Accepted>(client).ranges, (QList<SeqRange>{{1, 1}}));
    s.expectNothingElse();
}

void TestScheduler::acknowledgementsAreRanges()
{
    SchedulerScript s;
    const SessionId client = s.client();
    for (int i = 0; i < 5; ++i)
        s.submit(client);
    s.commit();
    QCOMPARE(s.expect<Accepted>(client).ranges, (QList<SeqRange>{{1, 5}}));
}

void TestScheduler::aTaskRunsBeforeItIsOnDiskAndSettlesAfterwards()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.id, id);
    QCOMPARE(assign.token, (Token{1, 1}));
    s.finish(worker, assign, "42");
    const TaskResult result = s.expect<TaskResult>(client);
    QVERIFY(result.ok && !result.settled);
    QCOMPARE(result.value, Payload::raw("42"));
    s.expectNothingElse();
    s.commit();
    s.expect<Accepted>(client);
    QCOMPARE(s.expect<Settled>(client).ids, QList<TaskId>{id});
    QCOMPARE(s.expect<FinishedAck>(worker).leases, (QList<LeaseRef>{{id, assign.token}}));
    s.expectNothingElse();
    QCOMPARE(s.store.endings(id), 1);
}

void TestScheduler::aResubmitIsRecognisedByItsNumber()
{
    SchedulerScript s;
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    const SessionId client = s.client();
    message.id = s.submit(client, message);
    s.drop(client);
    const SessionId again = s.client();
    s.submit(again, message);
    s.commit();
    QCOMPARE(s.expect<Accepted>(again).ranges, (QList<SeqRange>{{1, 1}}));
    s.expectNothingElse();
    QCOMPARE(s.store.live(), 1);
}

void TestScheduler::aResubmitIsRecognisedInAGap()
{
    SchedulerScript s;
    const SessionId client = s.client();
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.seq = 3;
    message.id = s.newId();
    s.submit(client, message);
    s.submit(client, message);
    QCOMPARE(s.store.live(), 1);
    message.seq = 2;
    message.id = s.newId();
    s.submit(client, message);
    QCOMPARE(s.store.live(), 2);
}

void TestScheduler::aResubmitIsRecognisedAfterARestart()
{
    SchedulerScript s;
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    message.id = s.submit(s.client(), message);
    s.commit();
    s.crash();
    const SessionId client = s.client();
    s.submit(client, message);
    QCOMPARE(s.expect<Accepted>(client).ranges, (QList<SeqRange>{{1, 1}}));
    s.expectNothingElse();
    QCOMPARE(s.store.live(), 1);
}

void TestScheduler::aResubmitOfAFinishedTaskBringsItsResult()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId worker = s.worker("w1", 1);
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    const SessionId client = s.client();
    message.id = s.submit(client, message);
    s.drop(client);
    s.finish(worker, s.expect<Assign>(worker), "7");
    s.skip();
    const SessionId again = s.client();
    s.submit(again, message);
    s.expect<Accepted>(again);
    const TaskResult result = s.expect<TaskResult>(again);
    QVERIFY(result.settled);
    QCOMPARE(result.value, Payload::raw("7"));
}

void TestScheduler::anUncommittedSubmitIsTakenAgainAfterARestart()
{
    SchedulerScript s;
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    message.id = s.submit(s.client(), message);
    s.crash();
    QCOMPARE(s.store.live(), 0);
    const SessionId client = s.client();
    s.submit(client, message);
    s.commit();
    s.expect<Accepted>(client);
    QCOMPARE(s.store.live(), 1);
}

void TestScheduler::aRefusedSubmitSaysWhy_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    QTest::newRow("no function") << 0 << int(ErrorCode::InvalidArgument);
    QTest::newRow("null id") << 1 << int(ErrorCode::InvalidArgument);
    QTest::newRow("number 0") << 2 << int(ErrorCode::InvalidArgument);
    QTest::newRow("a parent from a client") << 3 << int(ErrorCode::InvalidArgument);
    QTest::newRow("a blob among other bytes") << 4 << int(ErrorCode::Unsupported);
    QTest::newRow("priority out of range") << 5 << int(ErrorCode::InvalidArgument);
    QTest::newRow("id of another owner's task") << 6 << int(ErrorCode::Conflict);
}

void TestScheduler::aRefusedSubmitSaysWhy()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId other = s.submit(s.client("bob"));
    Submit message;
    message.seq = kind == 2 ? 0 : 1;
    message.id = kind == 1 ? TaskId() : kind == 6 ? other : s.newId();
    message.function = kind == 0 ? QString() : QStringLiteral("lab.f");
    if (kind == 3)
        message.parent = Parent{};
    if (kind == 4)
        message.arguments =
            Payload(ContentType::Cbor, {},
                    {Segment{Segment::Inline, "x", 0, {}}, Segment{Segment::Blob, QByteArray(32, 'x'), 5, {}}});
    if (kind == 5)
        message.options.priority(101);
    s.inject(client, message);
    const SubmitRefused refused = s.expect<SubmitRefused>(client);
    QCOMPARE(int(refused.error.code()), code);
    QVERIFY(!refused.error.message().isEmpty());
    QCOMPARE(s.store.live(), 1);
}

void TestScheduler::tooManyUnacknowledgedSubmitsCloseTheSession()
{
    SchedulerOptions options;
    options.maxUnaccepted = 3;
    SchedulerScript s(options);
    const SessionId client = s.client();
    for (int i = 0; i < 3; ++i)
        s.submit(client);
    QVERIFY(!s.isClosed(client));
    s.submit(client);
    QVERIFY(s.isClosed(client));
}

void TestScheduler::theSameIdempotencyKeyIsOneTask()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const Options options = Options().idempotencyKey("k");
    const TaskId first = s.submit(client, options);
    const TaskId second = s.submit(client, options);
    const Assign assign = s.expect<Assign>(worker);
    s.expectNothingElse();
    s.finish(worker, assign);
    s.expect<TaskResult>(client);
    s.commit();
    const Duplicate duplicate = s.expect<Duplicate>(client);
    QCOMPARE(duplicate.id, second);
    QCOMPARE(duplicate.existing, first);
    const TaskResult settled = s.expect<TaskResult>(client);
    QVERIFY(settled.settled);
    QCOMPARE(settled.id, first);
    QCOMPARE(s.store.allFinished().size(), 1u);
}

void TestScheduler::noUnwatchEndsWhatADuplicatePromised()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const Options options = Options().idempotencyKey("k");
    const TaskId id = s.submit(client, options);
    const SessionId reader = s.client("alice", 2);
    s.inject(reader, Watch{id, false});
    s.submit(reader, options);
    s.inject(reader, Unwatch{id}); // it was on its way
    const SessionId worker = s.worker("w1", 1);
    const Assign assign = s.expect<Assign>(worker);
    s.skip();
    s.finish(worker, assign);
    QCOMPARE(s.expect<TaskResult>(reader).id, id);
}

void TestScheduler::anIdempotencyKeyWithOtherArgumentsIsAConflict()
{
    SchedulerScript s;
    const SessionId client = s.client();
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.options.idempotencyKey("k");
    s.submit(client, message);
    message.arguments = Payload::raw("other");
    s.submit(client, message);
    QCOMPARE(s.expect<SubmitRefused>(client).error.code(), ErrorCode::Conflict);
}

void TestScheduler::anIdempotencyKeyFindsAFinishedTask()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId first = s.submit(client, Options().idempotencyKey("k"));
    s.finish(worker, s.expect<Assign>(worker), "9");
    s.crash();
    const SessionId again = s.client("alice", 2);
    s.submit(again, Options().idempotencyKey("k"));
    QCOMPARE(s.expect<Duplicate>(again).existing, first);
    QCOMPARE(s.expect<TaskResult>(again).value, Payload::raw("9"));
}

void TestScheduler::anIdempotencyKeyOfAnotherOwnerIsAnother()
{
    SchedulerScript s;
    s.submit(s.client("alice"), Options().idempotencyKey("k"));
    s.submit(s.client("bob"), Options().idempotencyKey("k"));
    QCOMPARE(s.store.live(), 2);
}

void TestScheduler::noResultDropsTheValue()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().noResult());
    s.finish(worker, s.expect<Assign>(worker), "big");
    QVERIFY(s.expect<TaskResult>(client).value.isEmpty());
    s.commit();
    QVERIFY(s.store.finished(id)->ending.outcome->isEmpty());
}

void TestScheduler::aWatcherSeesEveryChangeAndTheSettledResult()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId watcher = s.client("bob");
    const TaskId id = s.submit(client);
    s.inject(watcher, Watch{id, true});
    QCOMPARE(s.expect<Changed>(watcher).task.state, State::Pending);
    const SessionId worker = s.worker("w1", 1);
    QCOMPARE(s.expect<Changed>(watcher).task.state, State::Received);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker, Started{id, assign.token});
    QCOMPARE(s.expect<Changed>(watcher).task.state, State::Started);
    s.finish(worker, assign);
    s.expect<TaskResult>(client);
    s.expectNothingElse();
    s.commit();
    const Changed last = s.expect<Changed>(watcher);
    QCOMPARE(last.task.state, State::Success);
    QCOMPARE(last.task.attempts.size(), 1);
    QVERIFY(s.expect<TaskResult>(watcher).settled);
}

void TestScheduler::watchingAFinishedTaskTellsItsEnd()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    s.inject(client, Watch{id, true});
    QCOMPARE(s.expect<Changed>(client).task.state, State::Success);
    QVERIFY(s.expect<TaskResult>(client).settled);
    s.expectNothingElse();
}

void TestScheduler::unknownIdsAreNotFound()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId nobody = s.newId();
    s.inject(client, Watch{nobody, true});
    QCOMPARE(s.expect<Unknown>(client).error.code(), ErrorCode::NotFound);
    s.inject(client, Cancel{7, nobody});
    QCOMPARE(s.expect<CancelAnswer>(client), (CancelAnswer{7, CancelAnswer::Answer::NotFound}));
    s.inject(client, ShowTask{8, nobody});
    QVERIFY(!s.expect<ShowTaskAnswer>(client).found);
    s.inject(client, StreamOpen{nobody, 0, 100});
    s.expect<Unknown>(client);
    const SessionId worker = s.worker("w1", 1);
    s.inject(worker, Finished{nobody, {1, 1}, true, {}, {}, false, 0, 0, {}});
    QCOMPARE(s.expect<FinishedAck>(worker).leases.size(), 1);
    s.inject(worker, Started{nobody, {1, 1}});
    s.inject(worker, Returned{nobody, {1, 1}, Returned::Why::Busy});
    s.inject(12345, Cancel{1, nobody});
    s.skip();
    s.inject(12345, Submit{});
    s.inject(12345, Grant{5});
    s.expectNothingElse();
}

void TestScheduler::describeCountsWorkersBySignature()
{
    SchedulerScript s;
    s.worker("w1", 1);
    s.worker("w2", 1);
    const SessionId client = s.client();
    s.inject(client, Describe{3, {}});
    const Functions functions = s.expect<Functions>(client);
    QCOMPARE(functions.offers.size(), 1);
    QCOMPARE(functions.offers[0].workers, 2u);
    s.inject(client, Describe{4, QStringLiteral("lab.g")});
    QVERIFY(s.expect<Functions>(client).offers.isEmpty());
}

void TestScheduler::showTaskSaysWhyItWaits()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId id = s.submit(client, Options().tags("gpu"));
    const auto why = [&] {
        s.inject(client, ShowTask{1, id});
        return s.expect<ShowTaskAnswer>(client).task.why;
    };
    QVERIFY(why().contains(QStringLiteral("No worker is connected")));
    s.worker("w1", 1);
    QVERIFY(why().contains(QStringLiteral("gpu")));
}

void TestScheduler::whatASilentWorkerSaidIsNoReasonToWait()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    Offer offer = SchedulerScript::labOffer();
    offer.slots = 1;
    const SessionId worker = s.worker("w1", 1, offer);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker,
             Suspended{id, assign.token, false, Error(ErrorCode::Unsupported, QStringLiteral("no such thing"))});
    QCOMPARE(s.scheduler->task(id)->why, QStringLiteral("no such thing"));
    const TaskId next = s.submit(client);
    QCOMPARE(s.scheduler->task(next)->why,
             QStringLiteral("All slots of the workers that can run it are busy: w1 1/1."));
    s.advance(std::chrono::seconds(31));
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
    QCOMPARE(s.scheduler->task(id)->why, QStringLiteral("The workers that can run it offer no slot now: w1."));
}

void TestScheduler::totalsAndChangesFollow()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId first = s.submit(client);
    s.submit(client);
    QCOMPARE(s.scheduler->totals().queued, 1u);
    QCOMPARE(s.scheduler->totals().running, 1u);
    QCOMPARE(s.scheduler->workers().value(0).busy, 1u);
    QCOMPARE(s.scheduler->queues().value(0).pending, 1u);
    QVERIFY(s.scheduler->takeChanges().tasks.contains(first));
    s.finish(worker, s.expect<Assign>(worker));
    s.commit();
    QCOMPARE(s.scheduler->totals().finished, 1u);
    QVERIFY(s.scheduler->takeChanges().tasks.contains(first));
    QVERIFY(!s.scheduler->task(first));
    QCOMPARE(s.scheduler->tasks(10).size(), 1);
}

DROVER_TEST_MAIN(TestScheduler)
#include "tst_scheduler.moc"
