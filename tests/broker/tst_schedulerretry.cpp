// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Tasks that are asked to run again, and the logs of their attempts.
class TestSchedulerRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTaskThatWaitsForItsTimeIsDueNow_data();
    void aTaskThatWaitsForItsTimeIsDueNow();
    void aFinalTaskRunsAgainAsANewOne_data();
    void aFinalTaskRunsAgainAsANewOne();
    void whatIsUnderWayIsAConflict_data();
    void whatIsUnderWayIsAConflict();
    void theAnswerComesWhenItIsDurable();
    void askedTwiceItRunsOnce();
    void askedTwiceAtOnceItRunsOnceThoughTheWindowIsFull();
    void theKeyOfARetriedTaskMeansTheNewOne();
    void otherTasksAndFunctionsAreOutOfReach();
    void aChildRunsAgainWithoutItsParent();
    void logsAreKeptWithTheLastAttempts();
};

void TestSchedulerRetry::aTaskThatWaitsForItsTimeIsDueNow_data()
{
    QTest::addColumn<bool>("scheduled");
    QTest::newRow("scheduled") << true;
    QTest::newRow("retry") << false;
}

void TestSchedulerRetry::aTaskThatWaitsForItsTimeIsDueNow()
{
    QFETCH(bool, scheduled);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    Options options;
    if (scheduled)
        options.eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 3600'000));
    options.retries(1).backoff(1h);
    const TaskId id = s.submit(client, options);
    if (!scheduled)
        s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Exception, QStringLiteral("no")));
    s.skip();
    s.inject(client, RetryTask{4, id, s.newId()});
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.id, id);
    QCOMPARE(s.expect<RetryAnswer>(client), (RetryAnswer{4, true, id, {}}));
    s.finish(worker, assign);
    QCOMPARE(s.store.finished(id)->ending.state, State::Success);
    s.skip();
    s.advance(2h);
    s.expectNothingElse();
    QCOMPARE(s.scheduler->totals().queued, 0u);
}

void TestSchedulerRetry::aFinalTaskRunsAgainAsANewOne_data()
{
    QTest::addColumn<State>("state");
    QTest::newRow("success") << State::Success;
    QTest::newRow("failure") << State::Failure;
    QTest::newRow("revoked") << State::Revoked;
}

void TestSchedulerRetry::aFinalTaskRunsAgainAsANewOne()
{
    QFETCH(State, state);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    Options options;
    options.priority(7).timeout(90s).expires(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 60'000));
    const TaskId id = s.submit(client, options);
    SessionId worker = 0;
    if (state == State::Revoked) {
        s.inject(client, Cancel{1, id});
        worker = s.worker("w1", 2);
    } else {
        worker = s.worker("w1", 2);
        const Assign assign = s.expect<Assign>(worker);
        if (state == State::Success)
            s.finish(worker, assign);
        else
            s.failAttempt(worker, assign, Error(Reason::Exception, QStringLiteral("no")));
    }
    QCOMPARE(s.store.finished(id)->ending.state, state);
    s.skip();
    s.advance(100s);
    const TaskId next = s.newId();
    s.inject(client, RetryTask{4, id, next});
    const Assign again = s.expect<Assign>(worker);
    QCOMPARE(again.id, next);
    QCOMPARE(again.arguments, Payload::cbor("\x80"));
    QCOMPARE(again.timeoutMs, 90'000u);
    QCOMPARE(s.expect<RetryAnswer>(client), (RetryAnswer{4, true, next, {}}));
    s.finish(worker, again);
    QCOMPARE(s.store.finished(next)->ending.state, State::Success);
    QCOMPARE(s.store.finished(next)->task.lane.priority, qint8(7));
    QCOMPARE(s.store.finished(next)->task.lane.owner, QByteArray("alice"));
    QCOMPARE(s.store.finished(id)->ending.state, state);
}

void TestSchedulerRetry::whatIsUnderWayIsAConflict_data()
{
    QTest::addColumn<bool>("running");
    QTest::addColumn<QString>("said");
    QTest::newRow("running") << true << QStringLiteral("is running");
    QTest::newRow("waiting") << false << QStringLiteral("waits for a worker");
}

void TestSchedulerRetry::whatIsUnderWayIsAConflict()
{
    QFETCH(bool, running);
    QFETCH(QString, said);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    if (running)
        s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.skip();
    s.inject(client, RetryTask{4, id, s.newId()});
    const RetryAnswer answer = s.expect<RetryAnswer>(client);
    QVERIFY(!answer.ok && answer.error.code() == ErrorCode::Conflict);
    QVERIFY2(answer.error.message().contains(said), qPrintable(answer.error.message()));
    s.inject(client, RetryTask{5, s.newId(), s.newId()});
    QCOMPARE(s.expect<RetryAnswer>(client).error.code(), ErrorCode::NotFound);
    s.inject(client, RetryTask{6, id, {}});
    QCOMPARE(s.expect<RetryAnswer>(client).error.code(), ErrorCode::InvalidArgument);
    s.expectNothingElse();
}

void TestSchedulerRetry::theAnswerComesWhenItIsDurable()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const TaskId id = s.submit(client, Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 3600'000)));
    s.commit();
    s.skip();
    s.inject(client, RetryTask{4, id, s.newId()});
    s.expectNothingElse();
    s.commit();
    QVERIFY(s.expect<RetryAnswer>(client).ok);
    s.crash();
    QCOMPARE(s.store.task(id)->delivery.state, State::Pending);
    const SessionId worker = s.worker("w1", 1);
    QCOMPARE(s.expect<Assign>(worker).id, id);
}

void TestSchedulerRetry::askedTwiceItRunsOnce()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 5);
    const TaskId id = s.submit(client);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    const TaskId next = s.newId();
    s.inject(client, RetryTask{4, id, next});
    const Assign again = s.expect<Assign>(worker);
    s.inject(client, RetryTask{5, id, next});
    QCOMPARE(s.expect<RetryAnswer>(client), (RetryAnswer{4, true, next, {}}));
    QCOMPARE(s.expect<RetryAnswer>(client), (RetryAnswer{5, true, next, {}}));
    s.finish(worker, again);
    s.skip();
    s.inject(client, RetryTask{6, id, next});
    QCOMPARE(s.expect<RetryAnswer>(client), (RetryAnswer{6, true, next, {}}));
    s.expectNothingElse();
    QCOMPARE(s.store.endings(next), 1);
}

void TestSchedulerRetry::askedTwiceAtOnceItRunsOnceThoughTheWindowIsFull()
{
    SchedulerOptions options;
    options.window = 2;
    SchedulerScript s(options);
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    const TaskId id = s.submit(client);
    s.finish(worker, s.expect<Assign>(worker));
    s.drop(worker);
    for (int i = 0; i < 3; ++i)
        s.submit(client);
    const TaskId next = s.newId();
    s.act([&](Actions &actions) { // the store is asked for the second one before it has the first
        s.scheduler->handle(client, RetryTask{4, id, next}, s.now, actions);
        s.scheduler->handle(client, RetryTask{5, id, next}, s.now, actions);
    });
    QCOMPARE(s.scheduler->totals().queued, 4u);
    QVERIFY(s.store.task(next));
}

void TestSchedulerRetry::theKeyOfARetriedTaskMeansTheNewOne()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 5);
    const Options once = Options().idempotencyKey(u"once");
    const TaskId id = s.submit(client, once);
    s.finish(worker, s.expect<Assign>(worker), "old");
    s.skip();
    const TaskId next = s.newId();
    s.inject(client, RetryTask{4, id, next});
    s.finish(worker, s.expect<Assign>(worker), "new");
    s.skip();
    const TaskId third = s.submit(client, once);
    QCOMPARE(s.expect<Duplicate>(client), (Duplicate{2, third, next}));
    QCOMPARE(s.expect<TaskResult>(client).value, Payload::raw("new"));
}

void TestSchedulerRetry::otherTasksAndFunctionsAreOutOfReach()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId alice = s.client("alice");
    const SessionId bob = s.client("bob", 2, false);
    const SessionId worker = s.worker("w1", 5);
    const TaskId id = s.submit(alice);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    s.inject(bob, RetryTask{4, id, s.newId()});
    QCOMPARE(s.expect<RetryAnswer>(bob).error.code(), ErrorCode::NotFound);
    s.act([&](Actions &actions) {
        s.scheduler->handle(alice, RetryTask{5, id, s.newId()}, s.now, actions, QStringLiteral("lab.f"));
    });
    const RetryAnswer refused = s.expect<RetryAnswer>(alice);
    QVERIFY(refused.error.code() == ErrorCode::NotPermitted
            && refused.error.message().contains(QLatin1String("lab.f")));
    s.expectNothingElse();
}

void TestSchedulerRetry::aChildRunsAgainWithoutItsParent()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 5);
    s.submit(client);
    const Assign parent = s.expect<Assign>(worker);
    const TaskId child = s.submit(worker, SchedulerScript::child(parent, 1));
    s.finish(worker, s.expect<Assign>(worker));
    s.finish(worker, parent);
    s.skip();
    const TaskId next = s.newId();
    s.inject(client, RetryTask{4, child, next});
    const Assign again = s.expect<Assign>(worker);
    QCOMPARE(again.id, next);
    QCOMPARE(again.depth, quint16(0));
    s.skip();
    s.finish(worker, again);
    QVERIFY(!s.store.finished(next)->task.submission.parent);
}

void TestSchedulerRetry::logsAreKeptWithTheLastAttempts()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    const TaskId id = s.submit(client, Options().retries(4).backoff(1ms));
    for (int attempt = 1; attempt <= 5; ++attempt) {
        const Assign assign = s.expect<Assign>(worker);
        Finished message;
        message.id = assign.id;
        message.token = assign.token;
        message.ok = attempt == 5;
        message.error = message.ok ? Error() : Error(Reason::Exception, QStringLiteral("no"));
        message.log = QStringLiteral("log %1\n").arg(attempt) + QString(attempt == 5 ? 20'000 : 0, u'x');
        s.inject(worker, message);
        const auto row = s.scheduler->task(id);
        for (const AttemptInfo &ended : row ? row->attempts : QList<AttemptInfo>())
            QVERIFY(ended.log.isEmpty());
        s.skip();
        s.advance(1s);
    }
    s.skip();
    s.inject(client, ShowTask{3, id});
    const TaskInfo task = s.expect<ShowTaskAnswer>(client).task;
    QCOMPARE(task.attempts.size(), 5);
    QCOMPARE(task.attempts[0].log + task.attempts[1].log, QString());
    QCOMPARE(task.attempts[2].log, QStringLiteral("log 3\n"));
    QCOMPARE(task.attempts[3].log, QStringLiteral("log 4\n"));
    QCOMPARE(task.attempts[4].log, QString(maxKeptLog, u'x'));
}

DROVER_TEST_MAIN(TestSchedulerRetry)
#include "tst_schedulerretry.moc"
