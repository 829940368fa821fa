// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Which task comes next, when, and what of the backlog is in memory.
class TestSchedulerLanes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void greaterPriorityFirst();
    void ownersTakeTurns();
    void aHeadThatNobodyCanRunBlocksNobody();
    void tagsAreAllNeeded();
    void workIsSpreadOverWorkers();
    void anotherSignatureFailsAtOnceNamingTheWorkers();
    void anUnknownFunctionWaits();
    void aMatchingSignatureRuns();
    void afterARestartSignaturesAreJudgedLater();
    void etaWaitsForTheCalendar();
    void theCalendarMayStepBackAndForth();
    void expiredTasksDoNotRun();
    void aPausedQueueWaitsAndGoesOn();
    void aPauseSurvivesTheBroker();
    void queuesHaveTurnsByTheirWeights();
    void aWeightOfNothingIsRefused();
    void onlyAWindowIsInMemoryAndAllRunInOrder();
    void aReturnedTaskKeepsItsTurn();
    void aWindowNobodyCanRunIsPassedOver();
    void theBacklogSurvivesARestart();
    void scheduledAndRetryingTasksSurviveARestart();
    void demandTellsOfWaitingWork();
};

void TestSchedulerLanes::greaterPriorityFirst()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId low = s.submit(client, Options().priority(-1));
    const TaskId high = s.submit(client, Options().priority(5));
    const TaskId middle = s.submit(client);
    const SessionId worker = s.worker("w1", 3);
    QCOMPARE(s.expect<Assign>(worker).id, high);
    QCOMPARE(s.expect<Assign>(worker).id, middle);
    QCOMPARE(s.expect<Assign>(worker).id, low);
}

void TestSchedulerLanes::ownersTakeTurns()
{
    SchedulerScript s;
    const SessionId alice = s.client("alice");
    const SessionId bob = s.client("bob");
    for (int i = 0; i < 10; ++i)
        s.submit(alice);
    const TaskId first = s.submit(bob);
    const TaskId second = s.submit(bob);
    const SessionId worker = s.worker("w1", 4);
    QList<TaskId> ids;
    for (int i = 0; i < 4; ++i)
        ids.append(s.expect<Assign>(worker).id);
    QVERIFY(ids.contains(first) && ids.contains(second));
}

void TestSchedulerLanes::aHeadThatNobodyCanRunBlocksNobody()
{
    SchedulerScript s;
    const SessionId client = s.client();
    Submit message;
    message.function = QStringLiteral("lab.nobody");
    for (int i = 0; i < 100; ++i) {
        message.id = {};
        s.submit(client, message);
    }
    const TaskId id = s.submit(client);
    const SessionId worker = s.worker("w1", 1);
    QCOMPARE(s.expect<Assign>(worker).id, id);
}

void TestSchedulerLanes::tagsAreAllNeeded()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.submit(client, Options().tags("gpu", "big"));
    s.worker("w1", 1);
    s.worker("w2", 1, SchedulerScript::labOffer({QStringLiteral("gpu")}));
    s.expectNothingElse();
    const SessionId worker = s.worker(
        "w3", 1, SchedulerScript::labOffer({QStringLiteral("x"), QStringLiteral("gpu"), QStringLiteral("big")}));
    s.expect<Assign>(worker);
}

void TestSchedulerLanes::workIsSpreadOverWorkers()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId first = s.worker("w1", 4);
    const SessionId second = s.worker("w2", 4);
    for (int i = 0; i < 4; ++i)
        s.submit(client);
    for (const SessionId worker : {first, second}) {
        s.expect<Assign>(worker);
        s.expect<Assign>(worker);
    }
    s.expectNothingElse();
}

void TestSchedulerLanes::anotherSignatureFailsAtOnceNamingTheWorkers()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.worker("w1", 0);
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.signatureHash = 12345;
    s.submit(client, message);
    const Error error = s.expect<TaskResult>(client).error;
    QCOMPARE(error.reason(), Reason::Rejected);
    QVERIFY(error.message().contains(QStringLiteral("lab.f()")));
    QVERIFY(error.details().contains(QStringLiteral("workerSignature")));
}

void TestSchedulerLanes::anUnknownFunctionWaits()
{
    SchedulerScript s;
    s.worker("w1", 1);
    Submit message;
    message.function = QStringLiteral("lab.g");
    message.signatureHash = 12345;
    const TaskId id = s.submit(s.client(), message);
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
}

void TestSchedulerLanes::aMatchingSignatureRuns()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.signatureHash = SchedulerScript::labOffer().functions[0].hash();
    s.submit(s.client(), message);
    s.expect<Assign>(worker);
}

void TestSchedulerLanes::afterARestartSignaturesAreJudgedLater()
{
    SchedulerScript s;
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.signatureHash = 12345;
    s.submit(s.client(), message);
    s.commit();
    s.crash();
    const SessionId client = s.client();
    s.worker("w1", 0);
    s.expectNothingElse();
    s.advance(31s);
    QCOMPARE(s.expect<TaskResult>(client).error.reason(), Reason::Rejected);
}

void TestSchedulerLanes::etaWaitsForTheCalendar()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(s.client(), Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 5000)));
    QCOMPARE(s.scheduler->task(id)->state, State::Scheduled);
    QVERIFY(*s.scheduler->nextTick() <= s.now.monotonic + 5s);
    s.advance(4999ms);
    s.expectNothingElse();
    s.advance(1ms);
    QCOMPARE(s.expect<Assign>(worker).id, id);
}

void TestSchedulerLanes::theCalendarMayStepBackAndForth()
{
    SchedulerScript s;
    const SessionId worker = s.worker("w1", 1);
    s.submit(s.client(), Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 3'600'000)));
    s.stepWall(-3600s);
    s.advance(3700s);
    s.expectNothingElse();
    QVERIFY(*s.scheduler->nextTick() <= s.now.monotonic + 10s); // the step must be noticed
    s.stepWall(7200s);
    s.tick();
    s.expect<Assign>(worker);
}

void TestSchedulerLanes::expiredTasksDoNotRun()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId id = s.submit(client, Options().expires(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 5000)));
    const TaskId past = s.submit(client, Options().expires(QDateTime::fromMSecsSinceEpoch(s.now.wallMs - 1)));
    QCOMPARE(s.expect<TaskResult>(client).id, past);
    s.advance(5s);
    const TaskResult result = s.expect<TaskResult>(client);
    QCOMPARE(result.id, id);
    QCOMPARE(result.error.reason(), Reason::Expired);
    s.worker("w1", 5);
    s.expectNothingElse();
}

void TestSchedulerLanes::aPausedQueueWaitsAndGoesOn()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    s.hearsDemand = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    s.inject(client, ConfigureQueue{1, QStringLiteral("gpu"), QueueChange().pause(QStringLiteral("driver update"))});
    const QueueSettings settings = s.expect<QueueConfigured>(client).settings;
    QVERIFY(settings.paused);
    QCOMPARE(settings.pausedBy, QStringLiteral("alice"));
    QCOMPARE(settings.pausedMs, s.now.wallMs);
    s.skip();
    const TaskId waits = s.submit(client, Options().queue("gpu"));
    QCOMPARE(s.scheduler->task(waits)->why, QStringLiteral("The queue gpu was paused by alice: driver update"));
    QCOMPARE(s.scheduler->totals().queued, 1u);
    QVERIFY(s.scheduler->queues().last().paused);
    s.expect<Accepted>(client);
    s.expectNothingElse(); // no Demand either
    const TaskId other = s.submit(client);
    QCOMPARE(s.expect<Assign>(worker).id, other);
    s.inject(client, ConfigureQueue{2, QStringLiteral("gpu"), QueueChange().resume()});
    s.skip();
    s.inject(worker, Grant{2});
    QCOMPARE(s.expect<Assign>(worker).id, waits);
}

void TestSchedulerLanes::aPauseSurvivesTheBroker()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.inject(client, ConfigureQueue{1, QStringLiteral("default"), QueueChange().pause().weight(3)});
    s.expectNothingElse(); // not before it is on disk
    s.commit();
    QVERIFY(s.expect<QueueConfigured>(client).ok);
    s.submit(client);
    s.commit();
    s.crash();
    s.worker("w1", 1);
    s.expectNothingElse();
    QCOMPARE(s.scheduler->queues().first().weight, 3u);
    QVERIFY(s.scheduler->queues().first().paused);
}

// Three turns of one for each of the other, and no turns saved up while nothing waited.
void TestSchedulerLanes::queuesHaveTurnsByTheirWeights()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    s.inject(client, ConfigureQueue{1, QStringLiteral("big"), QueueChange().weight(3)});
    for (int i = 0; i < 40; ++i)
        s.submit(client, Options().queue("small"));
    const SessionId worker = s.worker("w1", 8);
    s.skip();
    for (int i = 0; i < 40; ++i)
        s.submit(client, Options().queue("big").priority(i % 2 ? -5 : 5)); // priority counts within a queue
    s.inject(worker, Grant{8 + 16});
    QCOMPARE(s.scheduler->queues().value(0).name, QStringLiteral("big"));
    QCOMPARE(s.scheduler->queues().value(0).running, 12u);
    QCOMPARE(s.scheduler->queues().value(2).running, 8u + 4u);
}

void TestSchedulerLanes::aWeightOfNothingIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    for (const quint32 weight : {0u, 1001u}) {
        s.inject(client, ConfigureQueue{1, QStringLiteral("q"), QueueChange().weight(weight)});
        const QueueConfigured answer = s.expect<QueueConfigured>(client);
        QCOMPARE(answer.error.code(), ErrorCode::InvalidArgument);
        QVERIFY(answer.error.message().contains(QString::number(weight)));
    }
    QCOMPARE(s.scheduler->queues().size(), 1);
}

void TestSchedulerLanes::onlyAWindowIsInMemoryAndAllRunInOrder()
{
    SchedulerOptions options;
    options.window = 8;
    SchedulerScript s(options);
    const SessionId client = s.client();
    QList<TaskId> ids;
    for (int i = 0; i < 100; ++i)
        ids.append(s.submit(client));
    QCOMPARE(s.scheduler->tasks(1000).size(), 8);
    QCOMPARE(s.scheduler->totals().queued, 100u);
    const SessionId worker = s.worker("w1", 0);
    for (int i = 0; i < 100; ++i) {
        s.inject(worker, Grant{quint64(i + 1)});
        s.skip();
        QCOMPARE(s.scheduler->task(ids[i]).value_or(TaskInfo()).state, State::Received);
        QVERIFY(s.scheduler->tasks(1000).size() <= i + 1 + 8);
    }
    QCOMPARE(s.scheduler->totals().queued, 0u);
}

void TestSchedulerLanes::aReturnedTaskKeepsItsTurn()
{
    SchedulerOptions options;
    options.window = 4;
    SchedulerScript s(options);
    const SessionId client = s.client();
    const TaskId first = s.submit(client);
    for (int i = 0; i < 20; ++i)
        s.submit(client);
    const SessionId worker = s.worker("w1", 10);
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.id, first);
    s.skip();
    s.inject(worker, Returned{first, assign.token, Returned::Why::Unstarted});
    s.inject(worker, Grant{11});
    QCOMPARE(s.expect<Assign>(worker).id, first);
}

void TestSchedulerLanes::aWindowNobodyCanRunIsPassedOver()
{
    SchedulerOptions options;
    options.window = 4;
    SchedulerScript s(options);
    const SessionId client = s.client();
    Submit message;
    message.function = QStringLiteral("lab.nobody");
    for (int i = 0; i < 30; ++i) {
        message.id = {};
        s.submit(client, message);
    }
    const TaskId id = s.submit(client);
    const SessionId worker = s.worker("w1", 1);
    QCOMPARE(s.expect<Assign>(worker).id, id);
    // to a bound
    for (int i = 0; i < 200; ++i) {
        message.id = {};
        s.submit(client, message);
    }
    s.inject(worker, Grant{2});
    QVERIFY(s.scheduler->tasks(1000).size() <= 4 * 17 + 1);
}

void TestSchedulerLanes::theBacklogSurvivesARestart()
{
    SchedulerOptions options;
    options.window = 4;
    SchedulerScript s(options);
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    QList<TaskId> ids;
    for (int i = 0; i < 30; ++i)
        ids.append(s.submit(client));
    s.crash();
    QCOMPARE(s.scheduler->totals().queued, 30u);
    s.submit(s.client("alice", 2));
    const SessionId worker = s.worker("w1", 100);
    for (const TaskId &id : ids)
        QCOMPARE(s.expect<Assign>(worker).id, id);
    QCOMPARE(s.scheduler->totals().running, 31u);
    QCOMPARE(s.scheduler->totals().queued, 0u);
}

void TestSchedulerLanes::scheduledAndRetryingTasksSurviveARestart()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId retry = s.submit(client, Options().retries(1).backoff(20s));
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Exception, QStringLiteral("no")));
    const TaskId eta = s.submit(client, Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 10'000)));
    s.crash();
    const SessionId again = s.worker("w1", 5);
    QCOMPARE(s.scheduler->task(retry)->state, State::Retry);
    s.advance(11s);
    QCOMPARE(s.expect<Assign>(again).id, eta);
    s.advance(12s);
    const Assign assign = s.expect<Assign>(again);
    QCOMPARE(assign.id, retry);
    QCOMPARE(assign.token, (Token{2, 2}));
}

void TestSchedulerLanes::demandTellsOfWaitingWork()
{
    SchedulerScript s;
    s.hearsDemand = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 0);
    s.expectNothingElse();
    s.submit(client);
    QCOMPARE(s.expect<Demand>(worker).tasks, 1u);
    for (int i = 0; i < 3; ++i)
        s.submit(client);
    QCOMPARE(s.expect<Demand>(worker).tasks, 2u);
    QCOMPARE(s.expect<Demand>(worker).tasks, 4u);
    s.expectNothingElse();
    s.inject(worker, Grant{4});
    for (int i = 0; i < 4; ++i)
        s.expect<Assign>(worker);
    QCOMPARE(s.expect<Demand>(worker).tasks, 0u);
    s.expectNothingElse();
}

DROVER_TEST_MAIN(TestSchedulerLanes)
#include "tst_schedulerlanes.moc"
