// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Pause, resume, kill, purge and restore: asked, confirmed, and over restarts.
class TestSchedulerControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsIsHeldAndResumesAtItsOldPlace();
    void whatRunsIsPausedOnceItsWorkerConfirms();
    void aWorkerThatCannotPauseSaysWhy();
    void anAttemptThatHadNotBegunIsHeld();
    void aPausedTaskThatIsLostIsHeld();
    void aPauseIsKeptOverRestarts();
    void aFailedAttemptOfATaskToPauseIsHeldUntilItsTime();
    void aKillIsForced();
    void aCancelCanBecomeAKill();
    void thePurgedTaskCanBeRestored();
    void theTrashIsEmptiedAfterItsTime();
    void aResultForThePurgedIsAnOrphan();
    void whatDoesNotFitIsAConflict_data();
    void whatDoesNotFitIsAConflict();
    void theAnswerComesWhenItIsDurable();
    void othersCannotReachIt();
};

namespace {

ControlAnswer control(SchedulerScript &s, SessionId client, const TaskId &id, TaskControl what)
{
    s.skip();
    s.inject(client, ControlTask{1, id, what});
    return s.expect<ControlAnswer>(client);
}

const ControlAnswer done{1, true, true, {}};
const ControlAnswer requested{1, true, false, {}};

} // namespace

void TestSchedulerControl::whatWaitsIsHeldAndResumesAtItsOldPlace()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const TaskId first = s.submit(client);
    const TaskId second = s.submit(client);
    QCOMPARE(control(s, client, first, TaskControl::Pause), done);
    QCOMPARE(s.store.task(first)->delivery.state, State::Held);
    QCOMPARE(s.scheduler->totals().queued, 2u);
    s.crash();
    const SessionId again = s.client();
    QCOMPARE(control(s, again, first, TaskControl::Resume), done);
    s.skip();
    const SessionId worker = s.worker("w1", 2);
    QCOMPARE(s.expect<Assign>(worker).id, first);
    QCOMPARE(s.expect<Assign>(worker).id, second);
}

void TestSchedulerControl::whatRunsIsPausedOnceItsWorkerConfirms()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker, Started{id, assign.token});
    s.skip();
    s.inject(client, ControlTask{1, id, TaskControl::Pause});
    QCOMPARE(s.expect<Suspend>(worker), (Suspend{id, assign.token, true}));
    QCOMPARE(s.expect<ControlAnswer>(client), requested);
    QCOMPARE(s.scheduler->task(id)->state, State::Started);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Pause);
    s.inject(worker, Suspended{id, assign.token, true, {}});
    QCOMPARE(s.scheduler->task(id)->state, State::Paused);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Nothing);
    s.inject(client, ControlTask{1, id, TaskControl::Resume});
    QCOMPARE(s.expect<Suspend>(worker), (Suspend{id, assign.token, false}));
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Resume);
    s.inject(worker, Suspended{id, assign.token, false, {}});
    QCOMPARE(s.scheduler->task(id)->state, State::Started);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Nothing);
    s.finish(worker, assign);
    QCOMPARE(s.store.finished(id)->ending.state, State::Success);
}

void TestSchedulerControl::aWorkerThatCannotPauseSaysWhy()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    control(s, client, id, TaskControl::Pause);
    s.inject(worker, Suspended{id, assign.token, false, Error(ErrorCode::Unsupported, QStringLiteral("a thread"))});
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Nothing);
    QCOMPARE(s.scheduler->task(id)->why, QStringLiteral("a thread"));
}

void TestSchedulerControl::anAttemptThatHadNotBegunIsHeld()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    control(s, client, id, TaskControl::Pause);
    s.inject(worker, Returned{id, assign.token, Returned::Why::Unstarted});
    s.inject(worker, Grant{2});
    QCOMPARE(s.scheduler->task(id)->state, State::Held);
    QCOMPARE(s.store.task(id)->delivery.state, State::Held);
}

void TestSchedulerControl::aPausedTaskThatIsLostIsHeld()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    control(s, client, id, TaskControl::Pause);
    s.inject(worker, Suspended{id, assign.token, true, {}});
    s.drop(worker);
    s.advance(31s);
    QCOMPARE(s.scheduler->task(id)->state, State::Held);
    s.worker("w2", 1);
    QCOMPARE(s.scheduler->totals().running, 0u);
}

void TestSchedulerControl::aPauseIsKeptOverRestarts()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    control(s, client, id, TaskControl::Pause);
    s.crash(); // before the worker could confirm it
    HeldLease held{id, assign.token, true, false, false};
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {held}));
    QCOMPARE(s.expect<Suspend>(again), (Suspend{id, assign.token, true}));
    s.inject(again, Suspended{id, assign.token, true, {}});
    QCOMPARE(s.scheduler->task(id)->state, State::Paused);
    s.crash();
    held.paused = true;
    const SessionId third = s.worker("w1", 1, SchedulerScript::labOffer({}, {held}));
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->state, State::Paused);
    s.drop(third);
}

void TestSchedulerControl::aFailedAttemptOfATaskToPauseIsHeldUntilItsTime()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().retries(1).backoff(10s));
    const Assign assign = s.expect<Assign>(worker);
    control(s, client, id, TaskControl::Pause);
    s.failAttempt(worker, assign, Error(Reason::Exception, QStringLiteral("no")));
    QCOMPARE(s.scheduler->task(id)->state, State::Held);
    s.advance(5s);
    QCOMPARE(control(s, client, id, TaskControl::Resume), done);
    QCOMPARE(s.scheduler->task(id)->state, State::Retry);
    s.skip();
    s.advance(10s);
    QCOMPARE(s.expect<Assign>(worker).token.attempt, 2u);
}

void TestSchedulerControl::aKillIsForced()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.skip();
    s.inject(client, ControlTask{1, id, TaskControl::Kill});
    QCOMPARE(s.expect<Stop>(worker), (Stop{id, assign.token, true, Reason::User}));
    QCOMPARE(s.scheduler->task(id)->state, State::Cancelling);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Kill);
    s.failAttempt(worker, assign, Error(ErrorCode::Revoked, QStringLiteral("stopped")));
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
}

void TestSchedulerControl::aCancelCanBecomeAKill()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.skip();
    s.inject(client, Cancel{1, id});
    QVERIFY(!s.expect<Stop>(worker).force);
    QCOMPARE(s.scheduler->task(id)->asked, Asked::Cancel);
    s.inject(client, ControlTask{1, id, TaskControl::Kill});
    QVERIFY(s.expect<Stop>(worker).force);
    s.crash();
    const HeldLease held{id, assign.token, true, false, false};
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {held}));
    QVERIFY(s.expect<Stop>(again).force); // a restart does not soften it
}

void TestSchedulerControl::thePurgedTaskCanBeRestored()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    QCOMPARE(control(s, client, id, TaskControl::Purge), done);
    QCOMPARE(s.scheduler->task(id)->state, State::Trashed);
    s.crash();
    const SessionId again = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.advance(23h);
    s.expectNothingElse();
    QCOMPARE(control(s, again, id, TaskControl::Restore), done);
    s.inject(worker, Renew{1});
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    QCOMPARE(s.scheduler->task(id)->attempt, 1u);
}

void TestSchedulerControl::theTrashIsEmptiedAfterItsTime()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    control(s, client, id, TaskControl::Purge);
    s.advance(23h);
    QVERIFY(!s.store.finished(id));
    s.advance(2h);
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
    QCOMPARE(control(s, client, id, TaskControl::Restore).error.code(), ErrorCode::Conflict);
}

void TestSchedulerControl::aResultForThePurgedIsAnOrphan()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.drop(worker);
    s.advance(31s); // lost, back in its queue
    QCOMPARE(control(s, client, id, TaskControl::Purge), done);
    const SessionId back = s.workerLink("w1");
    s.finish(back, assign);
    QCOMPARE(s.scheduler->task(id)->state, State::Trashed);
    QCOMPARE(s.store.find({1, id}).orphans.size(), 1);
    const HeldLease held{id, assign.token, true, false, false};
    s.skip();
    s.inject(back, SchedulerScript::labOffer({}, {held}));
    QCOMPARE(s.expect<Stop>(back), (Stop{id, assign.token, true, Reason::User}));
}

void TestSchedulerControl::whatDoesNotFitIsAConflict_data()
{
    QTest::addColumn<QString>("in");
    QTest::addColumn<int>("what");
    QTest::newRow("ended: pause") << "ended" << int(TaskControl::Pause);
    QTest::newRow("ended: kill") << "ended" << int(TaskControl::Kill);
    QTest::newRow("running: purge") << "running" << int(TaskControl::Purge);
    QTest::newRow("running: restore") << "running" << int(TaskControl::Restore);
    QTest::newRow("waiting: restore") << "waiting" << int(TaskControl::Restore);
    QTest::newRow("trashed: pause") << "trashed" << int(TaskControl::Pause);
    QTest::newRow("trashed: resume") << "trashed" << int(TaskControl::Resume);
    QTest::newRow("cancelling: pause") << "cancelling" << int(TaskControl::Pause);
}

void TestSchedulerControl::whatDoesNotFitIsAConflict()
{
    QFETCH(QString, in);
    QFETCH(int, what);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    if (in == QLatin1String("trashed"))
        control(s, client, id, TaskControl::Purge);
    if (in == QLatin1String("ended"))
        s.inject(client, Cancel{1, id});
    if (in == QLatin1String("running") || in == QLatin1String("cancelling"))
        s.worker("w1", 1);
    if (in == QLatin1String("cancelling"))
        s.inject(client, Cancel{1, id});
    const ControlAnswer answer = control(s, client, id, TaskControl(what));
    QVERIFY(!answer.ok);
    QCOMPARE(answer.error.code(), ErrorCode::Conflict);
    QVERIFY(answer.error.message().contains(id.toString()));
    QCOMPARE(control(s, client, s.newId(), TaskControl(what)).error.code(), ErrorCode::NotFound);
}

void TestSchedulerControl::theAnswerComesWhenItIsDurable()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    s.commit();
    s.skip();
    s.inject(client, ControlTask{1, id, TaskControl::Pause});
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<ControlAnswer>(client), done);
}

void TestSchedulerControl::othersCannotReachIt()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const TaskId id = s.submit(s.client("alice"));
    const SessionId bob = s.client("bob", 1, false);
    QCOMPARE(control(s, bob, id, TaskControl::Kill).error.code(), ErrorCode::NotFound);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

DROVER_TEST_MAIN(TestSchedulerControl)
#include "tst_schedulercontrol.moc"
