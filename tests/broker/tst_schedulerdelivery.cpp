// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Tasks that run at most once, exclusive ones, poison, results that come too late, submits that are too old.
class TestSchedulerDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMayNotRunTwiceIsSentOnlyWhenItsLeaseIsOnDisk_data();
    void whatMayNotRunTwiceIsSentOnlyWhenItsLeaseIsOnDisk();
    void atMostOnceFailsWhenItsWorkerIsLost();
    void atMostOnceFailsWhenItsExecutorDies();
    void atMostOnceRunsElsewhereWhenHandedBack();
    void atMostOnceCancelledBeforeItIsSentNeverRuns();
    void atMostOnceThatWasNeverSentGoesElsewhere();
    void atMostOnceIsNotSentAgainAfterARestart();
    void anExclusiveTaskWaitsTwiceTheLease();
    void aSilentWorkerIsToldThatItsLeaseIsOver_data();
    void aSilentWorkerIsToldThatItsLeaseIsOver();
    void whatEndsAfterALostLeaseIsCalledBack_data();
    void whatEndsAfterALostLeaseIsCalledBack();
    void aWorkerThatEndsAnExclusiveTaskCostsNoRetry();
    void twoSuspectsNeverShareAWorker();
    void thePoisonousTaskIsQuarantinedWithItsLogs();
    void aResultOfAnOldLeaseIsKept();
    void whatIsToldAgainIsNoOrphan();
    void whoWasToldToStopLeavesNoOrphan();
    void aLargeOrphanLosesItsValue();
    void aSubmitOlderThanTheWindowIsRefused();
    void aKnownSubmitIsRecognisedHoweverOld();
};

void TestSchedulerDelivery::whatMayNotRunTwiceIsSentOnlyWhenItsLeaseIsOnDisk_data()
{
    QTest::addColumn<Options>("options");
    QTest::newRow("ackEarly") << Options().ackEarly();
    QTest::newRow("exclusive") << Options().exclusive();
}

void TestSchedulerDelivery::whatMayNotRunTwiceIsSentOnlyWhenItsLeaseIsOnDisk()
{
    QFETCH(Options, options);
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, options);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.store.task(id)->delivery.state, State::Received);
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.id, id);
    QVERIFY(assign.ackEarly || assign.exclusive);
}

void TestSchedulerDelivery::atMostOnceFailsWhenItsWorkerIsLost()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().ackEarly());
    const Assign assign = s.expect<Assign>(worker);
    s.drop(worker);
    s.worker("w2", 1);
    s.advance(31s);
    const Ending ending = s.store.finished(id)->ending;
    QCOMPARE(ending.state, State::Failure);
    QCOMPARE(ending.outcome.error().reason(), Reason::WorkerLost);
    s.finish(s.workerLink("w1"), assign);
    QCOMPARE(s.store.finished(id)->ending, ending);
    QCOMPARE(s.store.find({1, id}).orphans.size(), 1);
}

void TestSchedulerDelivery::atMostOnceFailsWhenItsExecutorDies()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().ackEarly());
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Crashed, QStringLiteral("no")), true);
    QCOMPARE(s.store.finished(id)->ending.outcome.error().reason(), Reason::Crashed);
}

void TestSchedulerDelivery::atMostOnceRunsElsewhereWhenHandedBack()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().ackEarly());
    const Assign assign = s.expect<Assign>(first);
    s.inject(first, Returned{id, assign.token, Returned::Why::Unstarted});
    const SessionId second = s.worker("w2", 1);
    QCOMPARE(s.expect<Assign>(second).token.attempt, 2u);
}

void TestSchedulerDelivery::atMostOnceCancelledBeforeItIsSentNeverRuns()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().ackEarly());
    s.inject(client, Cancel{1, id}); // its lease is not on disk
    const TaskId other = s.submit(client); // takes the place that is free again
    QCOMPARE(s.expect<Assign>(worker).id, other);
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
}

void TestSchedulerDelivery::atMostOnceThatWasNeverSentGoesElsewhere()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().ackEarly());
    s.drop(first); // before the lease was on disk
    s.commit();
    s.skip();
    const SessionId second = s.worker("w2", 1);
    s.advance(31s);
    s.commit();
    QCOMPARE(s.expect<Assign>(second).id, id);
}

void TestSchedulerDelivery::atMostOnceIsNotSentAgainAfterARestart()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().ackEarly());
    s.crash();
    s.worker("w1", 1); // the same run, which does not have it
    QCOMPARE(s.store.finished(id)->ending.outcome.error().reason(), Reason::WorkerLost);
}

void TestSchedulerDelivery::anExclusiveTaskWaitsTwiceTheLease()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().exclusive());
    s.expect<Assign>(first);
    s.drop(first);
    const SessionId second = s.worker("w2", 1);
    s.skip();
    s.advance(31s);
    s.advance(28s);
    s.expectNothingElse();
    s.advance(2s);
    QCOMPARE(s.expect<Assign>(second).id, id);
}

void TestSchedulerDelivery::aSilentWorkerIsToldThatItsLeaseIsOver_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("exclusive") << Options().exclusive() << Reason::WorkerLost;
    QTest::newRow("ackEarly") << Options().ackEarly() << Reason::User;
}

// Its link stands: when it hears again it must not go on.
void TestSchedulerDelivery::aSilentWorkerIsToldThatItsLeaseIsOver()
{
    QFETCH(Options, options);
    QFETCH(Reason, reason);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client, options);
    const Assign assign = s.expect<Assign>(worker);
    s.skip();
    s.advance(29s);
    s.expectNothingElse();
    s.advance(32s);
    const Stop stop = s.expect<Stop>(worker);
    QCOMPARE(stop.token, assign.token);
    QVERIFY(stop.force);
    QCOMPARE(stop.reason, reason);
}

// It waits for another worker, and the first one works on it unheard.
void TestSchedulerDelivery::whatEndsAfterALostLeaseIsCalledBack_data()
{
    QTest::addColumn<bool>("purged");
    QTest::newRow("cancelled") << false;
    QTest::newRow("purged") << true;
}

void TestSchedulerDelivery::whatEndsAfterALostLeaseIsCalledBack()
{
    QFETCH(bool, purged);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.advance(31s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
    s.skip();
    if (purged)
        s.inject(client, ControlTask{1, id, TaskControl::Purge});
    else
        s.inject(client, Cancel{1, id});
    const Stop stop = s.expect<Stop>(worker);
    QCOMPARE(stop.token, assign.token);
    QVERIFY(stop.force);
}

void TestSchedulerDelivery::aWorkerThatEndsAnExclusiveTaskCostsNoRetry()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    s.submit(client, Options().exclusive());
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::WorkerLost, QStringLiteral("no lease")));
    s.expect<FinishedAck>(worker); // its next lease has to be on disk too, and is told behind this
    QCOMPARE(s.expect<Assign>(worker).token.attempt, 2u);
}

void TestSchedulerDelivery::twoSuspectsNeverShareAWorker()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    s.submit(client);
    s.submit(client);
    for (int round = 0; round < 2; ++round) { // each of both kills two executors
        const Assign one = s.expect<Assign>(worker);
        const Assign two = s.expect<Assign>(worker);
        s.failAttempt(worker, one, Error(Reason::Crashed, QStringLiteral("no")), true);
        s.failAttempt(worker, two, Error(Reason::Crashed, QStringLiteral("no")), true);
        s.skip();
        s.inject(worker, Grant{quint64(4 + 2 * round)});
    }
    const Assign suspect = s.expect<Assign>(worker);
    s.skip();
    const TaskId harmless = s.submit(client);
    const Assign beside = s.expect<Assign>(worker);
    QCOMPARE(beside.id, harmless); // others run beside a suspect
    const QList<TaskInfo> tasks = s.scheduler->tasks(10);
    const auto waits =
        std::find_if(tasks.begin(), tasks.end(), [](const TaskInfo &t) { return t.state == State::Pending; });
    QVERIFY(waits != tasks.end());
    QVERIFY2(waits->why.contains(QLatin1String("no other such task")), qPrintable(waits->why));
    s.finish(worker, beside);
    s.inject(worker, Grant{7});
    s.skip();
    s.inject(worker, Blocked{suspect.id, suspect.token}); // it runs nothing, and may wait for that one
    QCOMPARE(s.expect<Assign>(worker).id, waits->id);
}

void TestSchedulerDelivery::thePoisonousTaskIsQuarantinedWithItsLogs()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    const TaskId id = s.submit(client, Options().retries(5));
    for (int i = 1; i <= 3; ++i) {
        const Assign assign = s.expect<Assign>(worker);
        Finished how;
        how.id = id;
        how.token = assign.token;
        how.error = Error(Reason::Crashed, QStringLiteral("died")).setDetail(QStringLiteral("signal"), 11);
        how.blamed = true;
        how.log = QStringLiteral("log %1").arg(i);
        s.skip();
        s.inject(worker, how);
    }
    const Ending ending = s.store.finished(id)->ending;
    QCOMPARE(ending.state, State::Failure);
    QCOMPARE(ending.outcome.error().reason(), Reason::Quarantined);
    QCOMPARE(ending.outcome.error().details().value(QStringLiteral("signal")).toInt(), 11);
    QCOMPARE(ending.attempts.size(), 3);
    for (int i = 1; i <= 3; ++i)
        QCOMPARE(ending.attempts[i - 1].log, QStringLiteral("log %1").arg(i));
}

void TestSchedulerDelivery::aResultOfAnOldLeaseIsKept()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign old = s.expect<Assign>(first);
    s.drop(first);
    const SessionId second = s.worker("w2", 1);
    s.advance(31s);
    const Assign current = s.expect<Assign>(second);
    s.skip();
    const SessionId back = s.workerLink("w1");
    s.finish(back, old, "late");
    QCOMPARE(s.expect<FinishedAck>(back).leases, (QList<LeaseRef>{{id, old.token}}));
    s.finish(second, current, "good");
    QCOMPARE(*s.store.finished(id)->ending.outcome->inlineBytes(), QByteArray("good"));
    s.skip();
    s.inject(client, ShowTask{7, id});
    const ShowTaskAnswer shown = s.expect<ShowTaskAnswer>(client);
    QCOMPARE(shown.task.orphans.size(), 1);
    QCOMPARE(shown.task.orphans[0].attempt, old.token.attempt);
    QCOMPARE(shown.task.orphans[0].worker, QStringLiteral("w1"));
    QCOMPARE(*shown.task.orphans[0].value.inlineBytes(), QByteArray("late"));
}

void TestSchedulerDelivery::whatIsToldAgainIsNoOrphan()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.finish(worker, assign);
    s.finish(worker, assign); // before it is recorded
    s.commit();
    s.finish(worker, assign); // after it
    s.commit();
    QCOMPARE(s.store.find({1, id}).orphans.size(), 0);
}

void TestSchedulerDelivery::whoWasToldToStopLeavesNoOrphan()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().deadline(1s));
    const Assign assign = s.expect<Assign>(worker);
    s.advance(1s);
    s.failAttempt(worker, assign, Error(ErrorCode::Revoked, QStringLiteral("stopped")).setReason(Reason::User));
    QCOMPARE(s.store.find({1, id}).orphans.size(), 0);
}

void TestSchedulerDelivery::aLargeOrphanLosesItsValue()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client, Options().deadline(1s));
    const Assign assign = s.expect<Assign>(worker);
    s.advance(1s);
    s.finish(worker, assign, QByteArray(100'000, 'x'));
    const QList<OrphanInfo> orphans = s.store.find({1, id}).orphans;
    QCOMPARE(orphans.size(), 1);
    QVERIFY(orphans[0].value.isEmpty());
    QCOMPARE(orphans[0].size, 100'000u);
}

void TestSchedulerDelivery::aSubmitOlderThanTheWindowIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    message.ageMs = 8 * 24 * 3600 * 1000LL;
    s.submit(client, message);
    QCOMPARE(s.expect<SubmitRefused>(client).error.code(), ErrorCode::TooOld);
    QCOMPARE(s.scheduler->totals().queued, 0u);
    message.seq = 2;
    message.ageMs = 6 * 24 * 3600 * 1000LL;
    s.submit(client, message);
    QCOMPARE(s.scheduler->totals().queued, 1u);
}

void TestSchedulerDelivery::aKnownSubmitIsRecognisedHoweverOld()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    Submit message;
    message.seq = 1;
    message.function = QStringLiteral("lab.f");
    message.id = s.newId();
    s.submit(client, message);
    s.skip();
    message.ageMs = 8 * 24 * 3600 * 1000LL;
    s.submit(client, message);
    s.expect<Accepted>(client);
    QCOMPARE(s.scheduler->totals().queued, 1u);
}

DROVER_TEST_MAIN(TestSchedulerDelivery)
#include "tst_schedulerdelivery.moc"
