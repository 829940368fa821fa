// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Who runs what: leases, their ends, and the ends of attempts.
class TestSchedulerLeases : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsAssignedBeyondTheGrant();
    void aSilentWorkerLosesItsLeaseAndTheTaskRunsElsewhere();
    void renewalsKeepALease();
    void aLostLinkAloneEndsNothing();
    void aWorkerThatComesBackGoesOn();
    void aLeaseThatIsNotPresentedEndsAtOnce();
    void anOlderTokenOfTheSameTaskPresentsNothing();
    void anUnacknowledgedEndBesideTheLastLeaseEndsNothing();
    void anotherIncarnationEndsAllLeasesOfTheOld();
    void anotherIncarnationDeliversWhatTheOldHadOnDisk();
    void proofOfDeathEndsLeasesAtOnce();
    void aLateResultOfTheLastLeaseIsAccepted();
    void aLateResultOfAnOldLeaseIsRefused();
    void aResultFromAnotherWorkerIsRefused();
    void aRepeatedResultIsAcknowledgedAgain();
    void leasesAreTakenUpAfterARestart();
    void aLeaseTheStoreMissedIsAdopted();
    void aNewerLeaseTheStoreMissedEndsTheRecordedOne();
    void unpresentedLeasesExpireAfterARestart();
    void afterItsOwnSleepTheBrokerExpiresNothing();
    void aSleepThatEndsSoonAfterALeaseExpiresNothing();
    void retriesWaitWithBackoff();
    void aRejectedTaskIsNotRetried();
    void threeCrashesFailTheTask();
    void returnedIsFree();
    void tooDeepForTheWorkerIsAFailure();
    void aNewerSessionReplacesTheOlder();
    void aStoppingWorkerGetsNothingNew();
};

void TestSchedulerLeases::nothingIsAssignedBeyondTheGrant()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    for (int i = 0; i < 3; ++i)
        s.submit(client);
    const Assign first = s.expect<Assign>(worker);
    s.expect<Assign>(worker);
    s.expectNothingElse();
    s.finish(worker, first);
    s.expect<TaskResult>(client);
    s.expectNothingElse();
    s.inject(worker, Grant{3});
    s.expect<Assign>(worker);
    s.expectNothingElse();
}

void TestSchedulerLeases::aSilentWorkerLosesItsLeaseAndTheTaskRunsElsewhere()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.expect<Assign>(first);
    const SessionId second = s.worker("w2", 1);
    s.advance(29s);
    s.expectNothingElse();
    s.advance(2s);
    QCOMPARE(s.expect<Assign>(second).token, (Token{1, 2}));
    QVERIFY(s.expect<Stop>(first).force);
    const TaskInfo info = *s.scheduler->task(id);
    QCOMPARE(info.attempts.value(0).error.reason(), Reason::WorkerLost);
}

void TestSchedulerLeases::renewalsKeepALease()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.expect<Assign>(worker);
    for (quint64 i = 1; i <= 10; ++i) {
        s.advance(20s);
        s.inject(worker, Renew{i});
        QCOMPARE(s.expect<Renewed>(worker).number, i);
    }
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
}

void TestSchedulerLeases::aLostLinkAloneEndsNothing()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.expect<Assign>(worker);
    s.drop(worker);
    s.advance(20s);
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    s.advance(11s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

void TestSchedulerLeases::aWorkerThatComesBackGoesOn()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.drop(worker);
    s.advance(40s); // beyond the lease, too
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {{assign.id, assign.token, true, false}}));
    QCOMPARE(s.scheduler->task(assign.id)->state, State::Started);
    QVERIFY(s.scheduler->task(assign.id)->attempts.size() == 1);
    s.finish(again, assign);
    QVERIFY(s.expect<TaskResult>(client).ok);
    s.expectNothingElse();
}

void TestSchedulerLeases::aLeaseThatIsNotPresentedEndsAtOnce()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    s.expect<Assign>(worker);
    s.drop(worker);
    const SessionId again = s.worker("w1", 1);
    QCOMPARE(s.expect<Assign>(again).token.attempt, 2u);
}

void TestSchedulerLeases::anOlderTokenOfTheSameTaskPresentsNothing()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    const Assign old = s.expect<Assign>(worker);
    s.advance(31s);
    s.inject(worker, Grant{2}); // leased to it again, and the assign is lost with the link
    QCOMPARE(s.expect<Assign>(worker).token.attempt, 2u);
    s.drop(worker);
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {{id, old.token, true, false}}));
    QCOMPARE(s.expect<Stop>(again).token, old.token);
    QCOMPARE(s.expect<Assign>(again).token.attempt, 3u);
}

void TestSchedulerLeases::anUnacknowledgedEndBesideTheLastLeaseEndsNothing()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    const Assign old = s.expect<Assign>(worker);
    s.advance(31s);
    s.inject(worker, Grant{2});
    const Assign last = s.expect<Assign>(worker);
    s.inject(worker, Started{id, last.token});
    s.drop(worker);
    s.inject(client, Watch{id, false});
    s.skip();
    const SessionId again =
        s.worker("w1", 1, SchedulerScript::labOffer({}, {{id, last.token, true, false}, {id, old.token, true, false}}));
    QCOMPARE(s.expect<Stop>(again).token, old.token);
    QCOMPARE(s.expect<Changed>(client).task.state, State::Started); // and never as waiting
    s.expectNothingElse();
}

void TestSchedulerLeases::anotherIncarnationEndsAllLeasesOfTheOld()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId first = s.submit(client);
    const TaskId second = s.submit(client);
    s.expect<Assign>(worker);
    s.expect<Assign>(worker);
    const SessionId next = s.workerLink("w1", 2);
    QVERIFY(s.isClosed(worker));
    s.inject(next, SchedulerScript::labOffer());
    QCOMPARE(s.scheduler->task(first)->state, State::Pending);
    QCOMPARE(s.scheduler->task(second)->state, State::Pending);
}

void TestSchedulerLeases::anotherIncarnationDeliversWhatTheOldHadOnDisk()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId kept = s.submit(client);
    const TaskId lost = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.expect<Assign>(worker);
    const SessionId other = s.worker("w2", 2);
    s.skip();
    const SessionId next = s.workerLink("w1", 2);
    QCOMPARE(s.scheduler->task(kept)->state, State::Received); // or the other would have it before the offer came
    s.inject(next, SchedulerScript::labOffer({}, {{kept, assign.token, true, false}}));
    QCOMPARE(s.expect<Assign>(other).id, lost);
    s.finish(next, assign, "from disk");
    QCOMPARE(s.expect<TaskResult>(client).value, Payload::raw("from disk"));
    QCOMPARE(s.scheduler->task(kept)->attempts.size(), 1);
}

void TestSchedulerLeases::proofOfDeathEndsLeasesAtOnce()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    s.drop(worker);
    s.act([&](Actions &actions) { s.scheduler->workerDied("w1", s.now, actions); });
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

void TestSchedulerLeases::aLateResultOfTheLastLeaseIsAccepted()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.advance(31s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
    s.finish(worker, assign, "late");
    QCOMPARE(s.expect<TaskResult>(client).value, Payload::raw("late"));
    s.commit();
    s.worker("w2", 1);
    s.expect<Accepted>(client);
    s.expect<Settled>(client);
    s.expect<FinishedAck>(worker);
    s.expectNothingElse();
    QCOMPARE(s.store.finished(id)->ending.attempts.size(), 1);
}

void TestSchedulerLeases::aLateResultOfAnOldLeaseIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    s.submit(client);
    const Assign old = s.expect<Assign>(first);
    s.advance(31s);
    const SessionId second = s.worker("w2", 1);
    const Assign current = s.expect<Assign>(second);
    s.expect<Stop>(first);
    s.finish(first, old, "old");
    s.expectNothingElse();
    s.commit();
    s.expect<Accepted>(client);
    QCOMPARE(s.expect<FinishedAck>(first).leases, (QList<LeaseRef>{{old.id, old.token}}));
    s.finish(second, current, "new");
    QCOMPARE(s.expect<TaskResult>(client).value, Payload::raw("new"));
}

void TestSchedulerLeases::aResultFromAnotherWorkerIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const SessionId thief = s.worker("w2", 0);
    const TaskId id = s.submit(client);
    s.finish(thief, s.expect<Assign>(worker));
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
}

void TestSchedulerLeases::aRepeatedResultIsAcknowledgedAgain()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.finish(worker, assign);
    s.drop(worker);
    const SessionId again = s.workerLink("w1");
    s.finish(again, assign);
    s.expect<TaskResult>(client);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<FinishedAck>(again).leases.size(), 1);
    s.finish(again, assign);
    QCOMPARE(s.expect<FinishedAck>(again).leases.size(), 1);
    QCOMPARE(s.store.endings(id), 1);
}

void TestSchedulerLeases::leasesAreTakenUpAfterARestart()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    const Assign assign = s.expect<Assign>(worker);
    s.commit();
    s.crash();
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {{id, assign.token, true, false}}));
    const SessionId client = s.client();
    s.expectNothingElse();
    s.finish(again, assign);
    QVERIFY(s.expect<TaskResult>(client).ok);
}

void TestSchedulerLeases::aLeaseTheStoreMissedIsAdopted()
{
    SchedulerScript s;
    s.submit(s.client());
    s.commit();
    const SessionId worker = s.worker("w1", 1);
    const Assign assign = s.expect<Assign>(worker);
    s.crash(); // the lease was not on disk
    QCOMPARE(s.scheduler->task(assign.id)->state, State::Pending);
    s.worker("w1", 1, SchedulerScript::labOffer({}, {{assign.id, assign.token, false, false}}));
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(assign.id)->state, State::Received);
    // one that is older than what was issued since is told to stop
    s.crash();
    const SessionId other = s.worker("w2", 1);
    s.expect<Assign>(other);
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {{assign.id, assign.token, false, false}}));
    QVERIFY(s.expect<Stop>(again).force);
}

void TestSchedulerLeases::aNewerLeaseTheStoreMissedEndsTheRecordedOne()
{
    SchedulerScript s;
    const SessionId first = s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    s.expect<Assign>(first);
    s.commit();
    s.advance(31s);
    const Assign newer = s.expect<Assign>(s.worker("w2", 1));
    s.crash(); // the store has the lease of the first
    const SessionId second = s.worker("w2", 1, SchedulerScript::labOffer({}, {{id, newer.token, true, false}}));
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->attempt, newer.token.attempt);
    s.finish(second, newer, "new");
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.attempt, newer.token.attempt);
}

void TestSchedulerLeases::unpresentedLeasesExpireAfterARestart()
{
    SchedulerScript s;
    s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    s.commit();
    s.crash();
    s.advance(29s);
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    s.advance(2s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

void TestSchedulerLeases::afterItsOwnSleepTheBrokerExpiresNothing()
{
    SchedulerScript s;
    s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    s.sleep(1h);
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
    s.advance(31s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

void TestSchedulerLeases::aSleepThatEndsSoonAfterALeaseExpiresNothing()
{
    SchedulerScript s;
    s.worker("w1", 1);
    const TaskId id = s.submit(s.client());
    s.advance(28s);
    s.sleep(6s);
    QCOMPARE(s.scheduler->task(id)->state, State::Received);
}

void TestSchedulerLeases::retriesWaitWithBackoff()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    const TaskId id = s.submit(client, Options().retries(2).backoff(1s));
    const Error error(Reason::Exception, QStringLiteral("no"));
    s.failAttempt(worker, s.expect<Assign>(worker), error);
    QCOMPARE(s.scheduler->task(id)->state, State::Retry);
    s.advance(990ms);
    s.expectNothingElse();
    s.advance(120ms);
    s.failAttempt(worker, s.expect<Assign>(worker), error);
    s.advance(1990ms);
    s.expectNothingElse();
    s.advance(300ms);
    s.failAttempt(worker, s.expect<Assign>(worker), error);
    const TaskResult result = s.expect<TaskResult>(client);
    QVERIFY(!result.ok);
    QCOMPARE(result.error.reason(), Reason::Exception);
    QCOMPARE(result.error.attempt(), 3u);
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.attempts.size(), 3);
}

void TestSchedulerLeases::aRejectedTaskIsNotRetried()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    s.submit(client, Options().retries(5));
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Rejected, QStringLiteral("bad argument")));
    QCOMPARE(s.expect<TaskResult>(client).error.reason(), Reason::Rejected);
}

void TestSchedulerLeases::threeCrashesFailTheTask()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    const TaskId id = s.submit(client);
    Error crash(Reason::Crashed, QStringLiteral("signal 6"));
    crash.setDetail(QStringLiteral("signal"), 6);
    for (int i = 0; i < 3; ++i)
        s.failAttempt(worker, s.expect<Assign>(worker), crash, true);
    const TaskResult result = s.expect<TaskResult>(client);
    QCOMPARE(result.error.reason(), Reason::Quarantined);
    QCOMPARE(result.error.details().value(QStringLiteral("signal")).toInt(), 6);
    QVERIFY(result.error.message().contains(u'3'));
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.attempts.size(), 3);
    s.expect<Accepted>(client);
    s.expect<Settled>(client);
    QCOMPARE(s.expect<FinishedAck>(worker).leases.size(), 3);
    s.expectNothingElse();
}

void TestSchedulerLeases::returnedIsFree()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId first = s.submit(client);
    s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker, Returned{first, assign.token, Returned::Why::Busy});
    s.expectNothingElse();
    s.inject(worker, Grant{2});
    const Assign again = s.expect<Assign>(worker);
    QCOMPARE(again.id, first);
    QCOMPARE(again.token.attempt, 2u);
    QVERIFY(s.scheduler->task(first)->attempts.size() == 1);
    s.finish(worker, assign, "of the token that was given back");
    s.expectNothingElse();
}

void TestSchedulerLeases::tooDeepForTheWorkerIsAFailure()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker, Returned{assign.id, assign.token, Returned::Why::Depth});
    QVERIFY(s.expect<TaskResult>(client).error.message().contains(QStringLiteral("w1")));
}

void TestSchedulerLeases::aNewerSessionReplacesTheOlder()
{
    SchedulerScript s;
    const SessionId older = s.worker("w1", 5);
    const SessionId newer = s.worker("w1", 1);
    QVERIFY(s.isClosed(older));
    s.inject(older, Grant{10});
    s.drop(older);
    s.submit(s.client());
    s.expect<Assign>(newer);
    s.expectNothingElse();
}

void TestSchedulerLeases::aStoppingWorkerGetsNothingNew()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 5);
    Offer offer = SchedulerScript::labOffer();
    offer.stopping = true;
    s.inject(worker, offer);
    s.submit(s.client());
    s.expectNothingElse();
}

DROVER_TEST_MAIN(TestSchedulerLeases)
#include "tst_schedulerleases.moc"
