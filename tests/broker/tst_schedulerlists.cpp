// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/compare.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

//! Lists of tasks: the store reads them, the scheduler knows better what has just changed.
class TestSchedulerLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStoreIsAskedForTheOwnersTasks_data();
    void theStoreIsAskedForTheOwnersTasks();
    void whatMemoryKnowsReplacesWhatIsStored();
    void taskThatNoLongerFitsIsLeftOut();
    void eachListGoesToWhoAskedForIt();
    void anErrorOfTheStoreIsPassedOn();

private:
    static TaskInfo stored(const TaskId &id, State state)
    {
        TaskInfo info;
        info.id = id;
        info.state = state;
        return info;
    }
};

void TestSchedulerLists::theStoreIsAskedForTheOwnersTasks_data()
{
    QTest::addColumn<bool>("everyTask");
    QTest::newRow("an admin reaches all") << true;
    QTest::newRow("others reach their own") << false;
}

void TestSchedulerLists::theStoreIsAskedForTheOwnersTasks()
{
    QFETCH(const bool, everyTask);
    SchedulerScript s;
    const SessionId client = s.client("alice", 1, everyTask);
    ListTasks question{5, {}};
    question.query.queue = QStringLiteral("slow");
    s.inject(client, question);
    QCOMPARE(s.queries.size(), 1);
    QCOMPARE(s.queries[0].query, question.query);
    QCOMPARE(s.queries[0].owner.isEmpty(), everyTask);
}

void TestSchedulerLists::whatMemoryKnowsReplacesWhatIsStored()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId running = s.submit(client);
    const SessionId worker = s.worker("w1", 1);
    const Assign assign = s.expect<Assign>(worker);
    s.inject(worker, Started{running, assign.token});
    const TaskId waiting = s.submit(client);
    const TaskId gone = s.newId();
    s.skip();
    ListTasks question{9, {}};
    s.inject(client, question);
    TasksListed listed{s.queries[0].request, {}, {}};
    listed.page.tasks = {stored(gone, State::Success), stored(waiting, State::Pending),
                         stored(running, State::Received)};
    listed.page.more = true;
    listed.page.next = running;
    s.act([&](Actions &actions) { s.scheduler->handle(listed, s.now, actions); });
    const TaskList answer = s.expect<TaskList>(client);
    QCOMPARE(answer.request, 9u);
    QCOMPARE(answer.tasks.size(), 3);
    QCOMPARE(answer.tasks[0].state, State::Success);
    QVERIFY(!answer.tasks[1].why.isEmpty());
    QCOMPARE(answer.tasks[2].state, State::Started);
    QVERIFY(answer.more);
    QCOMPARE(answer.next, running);
}

void TestSchedulerLists::taskThatNoLongerFitsIsLeftOut()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId id = s.submit(client);
    s.worker("w1", 1);
    s.skip();
    ListTasks question{1, {}};
    question.query.states = {State::Pending};
    s.inject(client, question);
    TasksListed listed{s.queries[0].request, {}, {}};
    listed.page.tasks = {stored(id, State::Pending)};
    s.act([&](Actions &actions) { s.scheduler->handle(listed, s.now, actions); });
    QVERIFY(s.expect<TaskList>(client).tasks.isEmpty());
}

void TestSchedulerLists::eachListGoesToWhoAskedForIt()
{
    SchedulerScript s;
    const SessionId alice = s.client("alice", 1);
    const SessionId bob = s.client("bob", 2);
    s.inject(alice, ListTasks{1, {}});
    s.inject(bob, ListTasks{1, {}});
    QVERIFY(s.queries[0].request != s.queries[1].request);
    s.act([&](Actions &actions) { s.scheduler->handle(TasksListed{s.queries[1].request, {}, {}}, s.now, actions); });
    s.expect<TaskList>(bob);
    s.drop(alice);
    s.act([&](Actions &actions) { s.scheduler->handle(TasksListed{s.queries[0].request, {}, {}}, s.now, actions); });
}

void TestSchedulerLists::anErrorOfTheStoreIsPassedOn()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.inject(client, ListTasks{1, {}});
    const Error error(ErrorCode::StorageFailed, QStringLiteral("the disk is gone"));
    s.act([&](Actions &actions) { s.scheduler->handle(TasksListed{s.queries[0].request, {}, error}, s.now, actions); });
    QCOMPARE(s.expect<TaskList>(client).error, error);
}

DROVER_TEST_MAIN(TestSchedulerLists)
#include "tst_schedulerlists.moc"
