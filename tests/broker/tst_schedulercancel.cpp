// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;
using Answer = CancelAnswer::Answer;

//! Cancelling, and tasks that tasks submit.
class TestSchedulerCancel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tasksOfOthersDoNotExistForWhoMayNotReachThem_data();
    void tasksOfOthersDoNotExistForWhoMayNotReachThem();
    void aWaitingTaskIsRevoked_data();
    void aWaitingTaskIsRevoked();
    void aRunningTaskIsAskedToStop();
    void aResultThatArrivesWhileCancellingWins();
    void aLeaseThatEndsWhileCancellingEndsInRevoked();
    void cancellingAFinishedTaskIsTooLate();
    void cancellingIsRememberedOverARestart();
    void aTaskOnlyOnDiskIsCancelled();
    void aChildRunsBeforeWhatIsNotBegunAndItsResultGoesToTheParentsWorker();
    void aChildBelongsToTheOwnerOfItsParent();
    void aParentThatRunsAgainFindsItsChildren();
    void aParentThatRunsAgainWithOtherArgumentsGetsANewChild();
    void aChildOfADeadAttemptIsRefused();
    void childrenAreCancelledWithTheirParent();
    void childrenAreCancelledWhenTheirParentFails();
    void detachedChildrenGoOn();
    void nestingHasALimit();
    void resultsThatCameWhileTheLinkWasDownAreSentAgain();
};

void TestSchedulerCancel::aWaitingTaskIsRevoked_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("pending") << 0;
    QTest::newRow("scheduled") << 1;
    QTest::newRow("retry") << 2;
}

void TestSchedulerCancel::aWaitingTaskIsRevoked()
{
    QFETCH(int, kind);
    SchedulerScript s;
    const SessionId client = s.client();
    Options options;
    if (kind == 1)
        options.eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 60'000));
    options.retries(kind == 2 ? 1 : 0);
    const TaskId id = s.submit(client, options);
    if (kind == 2) {
        const SessionId worker = s.worker("w1", 1);
        s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Exception, QStringLiteral("no")));
    }
    s.inject(client, Cancel{5, id});
    QCOMPARE(s.expect<TaskResult>(client).error.code(), ErrorCode::Revoked);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<CancelAnswer>(client), (CancelAnswer{5, Answer::Done}));
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
    s.skip();
    s.advance(100s);
    s.worker("w2", 1);
    s.expectNothingElse();
    QCOMPARE(s.scheduler->totals().queued, 0u);
}

void TestSchedulerCancel::aRunningTaskIsAskedToStop()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(client, Cancel{5, id});
    const Stop stop = s.expect<Stop>(worker);
    QCOMPARE(stop.token, assign.token);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<CancelAnswer>(client), (CancelAnswer{5, Answer::Requested}));
    s.expect<Accepted>(client);
    s.failAttempt(worker, assign, Error(ErrorCode::Revoked, QStringLiteral("stopped")));
    QCOMPARE(s.expect<TaskResult>(client).error.code(), ErrorCode::Revoked);
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
}

void TestSchedulerCancel::aResultThatArrivesWhileCancellingWins()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(client, Cancel{5, id});
    s.expect<Stop>(worker);
    s.finish(worker, assign, "done");
    QVERIFY(s.expect<TaskResult>(client).ok);
    s.inject(client, Cancel{6, id});
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.state, State::Success);
    s.expect<CancelAnswer>(client);
    QCOMPARE(s.expect<CancelAnswer>(client), (CancelAnswer{6, Answer::TooLate}));
}

void TestSchedulerCancel::aLeaseThatEndsWhileCancellingEndsInRevoked()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.inject(client, Cancel{5, id});
    s.drop(worker);
    s.advance(31s);
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.state, State::Revoked);
}

void TestSchedulerCancel::cancellingAFinishedTaskIsTooLate()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    s.inject(client, Cancel{5, id});
    QCOMPARE(s.expect<CancelAnswer>(client).answer, Answer::TooLate);
}

void TestSchedulerCancel::cancellingIsRememberedOverARestart()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(client, Cancel{5, id});
    s.commit();
    s.crash();
    QCOMPARE(s.scheduler->task(id)->state, State::Cancelling);
    const SessionId again = s.worker("w1", 1, SchedulerScript::labOffer({}, {{id, assign.token, true, false}}));
    QCOMPARE(s.expect<Stop>(again).token, assign.token);
}

void TestSchedulerCancel::aTaskOnlyOnDiskIsCancelled()
{
    SchedulerOptions options;
    options.window = 2;
    SchedulerScript s(options);
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    QList<TaskId> ids;
    for (int i = 0; i < 6; ++i)
        ids.append(s.submit(client));
    QVERIFY(!s.scheduler->task(ids[5]));
    QCOMPARE(s.scheduler->totals().queued, 6u);
    s.skip();
    s.inject(client, Cancel{5, ids[5]});
    QVERIFY(!s.expect<TaskResult>(client).ok);
    QCOMPARE(s.store.finished(ids[5])->ending.state, State::Revoked);
    QCOMPARE(s.scheduler->totals().queued, 5u);
    const SessionId worker = s.worker("w1", 9);
    s.skip();
    QCOMPARE(s.scheduler->totals().running, 5u);
    QCOMPARE(s.scheduler->totals().queued, 0u);
    Q_UNUSED(worker);
}

void TestSchedulerCancel::aChildRunsBeforeWhatIsNotBegunAndItsResultGoesToTheParentsWorker()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    const TaskId child = s.submit(worker, SchedulerScript::child(parent, 1));
    s.inject(worker, Blocked{parent.id, parent.token});
    s.inject(worker, Grant{2});
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.id, child);
    QCOMPARE(assign.depth, 1u);
    s.finish(worker, assign, "c");
    QCOMPARE(s.expect<TaskResult>(worker).id, child);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<Accepted>(worker).ranges, (QList<SeqRange>{{1, 1}}));
    QCOMPARE(s.expect<Settled>(worker).ids, QList<TaskId>{child});
}

void TestSchedulerCancel::aChildBelongsToTheOwnerOfItsParent()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    s.submit(s.client("bob"));
    const TaskId child = s.submit(worker, SchedulerScript::child(s.expect<Assign>(worker), 1));
    QCOMPARE(s.store.task(child)->lane.owner, QByteArray("bob"));
    QCOMPARE(s.store.task(child)->ownerName, QStringLiteral("bob"));
    QVERIFY(s.store.task(child)->client.isNull());
}

void TestSchedulerCancel::aParentThatRunsAgainFindsItsChildren()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    const TaskId done = s.submit(worker, SchedulerScript::child(parent, 1));
    const TaskId open = s.submit(worker, SchedulerScript::child(parent, 2));
    s.finish(worker, s.expect<Assign>(worker), "one");
    s.skip();
    s.failAttempt(worker, parent, Error(Reason::Crashed, QStringLiteral("signal 9")), true);
    const Assign again = s.expect<Assign>(worker);
    QCOMPARE(again.id, parent.id);
    s.skip();
    s.submit(worker, SchedulerScript::child(again, 1));
    QCOMPARE(s.expect<Duplicate>(worker).existing, done);
    QCOMPARE(s.expect<TaskResult>(worker).value, Payload::raw("one"));
    s.submit(worker, SchedulerScript::child(again, 2));
    QCOMPARE(s.expect<Duplicate>(worker).existing, open);
    s.expectNothingElse();
    Assign second;
    second.id = open;
    second.token = {1, 1};
    s.finish(worker, second, "two");
    QCOMPARE(s.expect<TaskResult>(worker).value, Payload::raw("two"));
}

void TestSchedulerCancel::aParentThatRunsAgainWithOtherArgumentsGetsANewChild()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    s.submit(worker, SchedulerScript::child(parent, 1));
    s.inject(worker, Returned{parent.id, parent.token, Returned::Why::Busy});
    s.inject(worker, Grant{3});
    s.skip();
    Submit other = SchedulerScript::child(Assign{parent.id, {1, 2}, {}, 0, {}, 0, 0, 0, false, false, 0, {}}, 1);
    other.arguments = Payload::raw("other");
    const TaskId id = s.submit(worker, other);
    s.expect<Accepted>(worker);
    QVERIFY(s.store.task(id));
}

void TestSchedulerCancel::aChildOfADeadAttemptIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    s.inject(worker, Returned{parent.id, parent.token, Returned::Why::Busy});
    s.submit(worker, SchedulerScript::child(parent, 1));
    QCOMPARE(s.expect<SubmitRefused>(worker).error.code(), ErrorCode::NotPermitted);
    s.expectNothingElse();
}

void TestSchedulerCancel::childrenAreCancelledWithTheirParent()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    s.submit(worker, SchedulerScript::child(parent, 1));
    const Assign running = s.expect<Assign>(worker);
    const TaskId waiting = s.submit(worker, SchedulerScript::child(parent, 2));
    s.inject(client, Cancel{5, id});
    s.expect<Stop>(worker);
    s.failAttempt(worker, parent, Error(ErrorCode::Revoked, QStringLiteral("stopped")));
    QCOMPARE(s.expect<Stop>(worker).id, running.id);
    s.commit();
    QCOMPARE(s.store.finished(waiting)->ending.state, State::Revoked);
}

void TestSchedulerCancel::childrenAreCancelledWhenTheirParentFails()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    const TaskId child = s.submit(worker, SchedulerScript::child(parent, 1));
    s.failAttempt(worker, parent, Error(Reason::Exception, QStringLiteral("no")));
    s.commit();
    QCOMPARE(s.store.finished(child)->ending.state, State::Revoked);
}

void TestSchedulerCancel::detachedChildrenGoOn()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    const TaskId child = s.submit(worker, SchedulerScript::child(parent, 1, Options().detached()));
    s.failAttempt(worker, parent, Error(Reason::Exception, QStringLiteral("no")));
    s.commit();
    QVERIFY(s.store.task(child));
    s.inject(worker, Grant{2});
    s.skip();
    QCOMPARE(s.scheduler->task(child)->state, State::Received);
}

void TestSchedulerCancel::nestingHasALimit()
{
    SchedulerOptions options;
    options.maxDepth = 2;
    SchedulerScript s(options);
    const SessionId worker = s.worker("w1", 9);
    s.submit(s.client());
    Assign last = s.expect<Assign>(worker);
    for (int depth = 1; depth <= 2; ++depth) {
        s.submit(worker, SchedulerScript::child(last, 1));
        last = s.expect<Assign>(worker);
    }
    s.submit(worker, SchedulerScript::child(last, 1));
    QVERIFY(s.expect<SubmitRefused>(worker).error.message().contains(u'2'));
}

void TestSchedulerCancel::resultsThatCameWhileTheLinkWasDownAreSentAgain()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 1);
    s.submit(client);
    const Assign parent = s.expect<Assign>(first);
    const TaskId child = s.submit(first, SchedulerScript::child(parent, 1));
    const SessionId second = s.worker("w2", 1);
    s.drop(first);
    s.finish(second, s.expect<Assign>(second), "c");
    s.skip();
    const SessionId again = s.worker("w1", 0, SchedulerScript::labOffer({}, {{parent.id, parent.token, true, true}}));
    const TaskResult result = s.expect<TaskResult>(again);
    QCOMPARE(result.id, child);
    QVERIFY(result.settled);
}

void TestSchedulerCancel::tasksOfOthersDoNotExistForWhoMayNotReachThem_data()
{
    QTest::addColumn<bool>("finished");
    QTest::addColumn<bool>("own");
    QTest::newRow("of another, waiting") << false << false;
    QTest::newRow("of another, finished") << true << false;
    QTest::newRow("own, waiting") << false << true;
    QTest::newRow("own, finished") << true << true;
}

void TestSchedulerCancel::tasksOfOthersDoNotExistForWhoMayNotReachThem()
{
    QFETCH(bool, finished);
    QFETCH(bool, own);
    SchedulerScript script;
    script.commitsAtOnce = true;
    const SessionId alice = script.client("alice", 1, false);
    const SessionId asker = own ? alice : script.client("bob", 1, false);
    const TaskId id = script.submit(alice);
    if (finished) {
        const SessionId worker = script.worker("w", 1);
        script.finish(worker, script.expect<Assign>(worker));
    }
    script.skip();
    script.inject(asker, ShowTask{1, id});
    QCOMPARE(script.expect<ShowTaskAnswer>(asker).found, own);
    script.inject(asker, Watch{id, true});
    if (own)
        QCOMPARE(script.expect<Changed>(asker).task.id, id);
    else
        QCOMPARE(script.expect<Unknown>(asker).id, id);
    script.inject(asker, Cancel{2, id});
    const auto notFound = CancelAnswer::Answer::NotFound;
    script.skip();
    script.inject(asker, Cancel{3, id});
    QCOMPARE(script.expect<CancelAnswer>(asker).answer == notFound, !own);
}

DROVER_TEST_MAIN(TestSchedulerCancel)
#include "tst_schedulercancel.moc"
