// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Delays, deadlines, rules of what retries, and clocks that jump.
class TestSchedulerTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDelayIsADuration();
    void aDelayGoesOnAfterARestart();
    void aRestartWithAWrongClockDelaysNoLongerThanAsked();
    void anEtaIsATimeOfTheBrokersClock();
    void aClockThatJumpsBackFiresNothingTwice();
    void theDeadlineEndsWhatWaits();
    void theDeadlineEndsWhatRuns();
    void theDeadlineIsJudgedBeforeARetry();
    void onlyTheReasonsThatWereNamedRetry_data();
    void onlyTheReasonsThatWereNamedRetry();
    void limitsTravelToTheWorker();
    void aResultIsKeptForItsTime();
    void aClockFarAheadMakesNothingOld();
    void aKeyOutlivesItsTaskByTheWindow();
};

namespace {

const auto days = 24h;

} // namespace

void TestSchedulerTime::aDelayIsADuration()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    s.submit(client, Options().delay(10s));
    s.skip();
    s.stepWall(1h); // somebody sets the clock
    s.tick();
    s.expectNothingElse();
    s.advance(9s);
    s.expectNothingElse();
    s.advance(1s);
    s.expect<Assign>(worker);
}

void TestSchedulerTime::aDelayGoesOnAfterARestart()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const TaskId id = s.submit(s.client(), Options().delay(10s));
    s.advance(6s);
    s.crash();
    const SessionId worker = s.worker("w1", 2);
    s.advance(3s);
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->state, State::Scheduled);
    s.advance(1s);
    QCOMPARE(s.expect<Assign>(worker).id, id);
}

void TestSchedulerTime::aRestartWithAWrongClockDelaysNoLongerThanAsked()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    s.submit(s.client(), Options().delay(10s));
    s.stepWall(-days);
    s.crash();
    const SessionId worker = s.worker("w1", 2);
    s.advance(10s);
    s.expect<Assign>(worker);
}

void TestSchedulerTime::anEtaIsATimeOfTheBrokersClock()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    s.submit(client, Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 10'000)));
    s.skip();
    s.advance(5s);
    s.expectNothingElse();
    s.stepWall(6s);
    s.tick();
    s.expect<Assign>(worker);
}

void TestSchedulerTime::aClockThatJumpsBackFiresNothingTwice()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().eta(QDateTime::fromMSecsSinceEpoch(s.now.wallMs + 10'000)));
    s.advance(10s);
    s.skip();
    s.stepWall(-1h);
    s.sleep(2h); // or its worker would have to renew its lease
    s.expectNothingElse();
    QCOMPARE(s.scheduler->task(id)->attempt, 1u);
    s.drop(worker);
}

void TestSchedulerTime::theDeadlineEndsWhatWaits()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const TaskId id = s.submit(s.client(), Options().deadline(10s));
    s.advance(9s);
    QCOMPARE(s.scheduler->task(id)->state, State::Pending);
    s.advance(1s);
    const Ending ending = s.store.finished(id)->ending;
    QCOMPARE(ending.state, State::Failure);
    QCOMPARE(ending.outcome.error().reason(), Reason::Deadline);
}

void TestSchedulerTime::theDeadlineEndsWhatRuns()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().deadline(10s));
    const Assign assign = s.expect<Assign>(worker);
    s.skip();
    s.inject(worker, Renew{1});
    s.advance(10s);
    s.expect<Renewed>(worker);
    QCOMPARE(s.expect<Stop>(worker), (Stop{id, assign.token, true, Reason::Timeout}));
    QCOMPARE(s.expect<TaskResult>(client).error.reason(), Reason::Deadline);
    const FinishedTask finished = *s.store.finished(id);
    QCOMPARE(finished.ending.state, State::Failure);
    QCOMPARE(finished.ending.attempts.size(), 1);
    s.finish(worker, assign); // it was about to succeed: too late, and kept
    QCOMPARE(s.store.finished(id)->ending, finished.ending);
    QCOMPARE(s.store.find({1, id}).orphans.size(), 1);
}

void TestSchedulerTime::theDeadlineIsJudgedBeforeARetry()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().deadline(10s).retries(5).backoff(10s));
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Exception, QStringLiteral("no")));
    QCOMPARE(s.scheduler->task(id)->state, State::Retry);
    s.skip();
    s.advance(12s);
    QCOMPARE(s.store.finished(id)->ending.outcome.error().reason(), Reason::Deadline);
    s.advance(1h);
    QCOMPARE(s.store.endings(id), 1);
}

void TestSchedulerTime::onlyTheReasonsThatWereNamedRetry_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<bool>("named");
    QTest::addColumn<bool>("again");
    QTest::newRow("exception") << int(Reason::Exception) << false << true;
    QTest::newRow("timeout") << int(Reason::Timeout) << false << true;
    QTest::newRow("rejected") << int(Reason::Rejected) << false << false;
    QTest::newRow("named: timeout") << int(Reason::Timeout) << true << true;
    QTest::newRow("named: exit code") << int(Reason::ExitCode) << true << true;
    QTest::newRow("named: exception") << int(Reason::Exception) << true << false;
}

void TestSchedulerTime::onlyTheReasonsThatWereNamedRetry()
{
    QFETCH(int, reason);
    QFETCH(bool, named);
    QFETCH(bool, again);
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    Options options = Options().retries(1).backoff(1s);
    if (named)
        options.retryOn(Reason::Timeout, Reason::ExitCode);
    const TaskId id = s.submit(client, options);
    s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason(reason), QStringLiteral("no")));
    QCOMPARE(s.store.finished(id) == nullptr, again);
    if (again)
        QCOMPARE(s.scheduler->task(id)->state, State::Retry);
}

void TestSchedulerTime::limitsTravelToTheWorker()
{
    SchedulerOptions limits;
    limits.leaseTime = 7s;
    SchedulerScript s(limits);
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    s.submit(client, Options().timeout(3s).softTimeout(2s).exclusive());
    const Assign assign = s.expect<Assign>(worker);
    QCOMPARE(assign.timeoutMs, 3000u);
    QCOMPARE(assign.softTimeoutMs, 2000u);
    QCOMPARE(assign.leaseMs, 7000u);
    QVERIFY(assign.exclusive);
    QVERIFY(!assign.ackEarly);
}

void TestSchedulerTime::aResultIsKeptForItsTime()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 2);
    const TaskId id = s.submit(client, Options().resultTtl(10s));
    s.finish(worker, s.expect<Assign>(worker), "value");
    s.advance(9s);
    s.skip();
    s.inject(client, Watch{id, true});
    s.expect<Changed>(client);
    QCOMPARE(*s.expect<TaskResult>(client).value.inlineBytes(), QByteArray("value"));
    s.advance(1s);
    s.inject(client, Watch{id, true});
    QCOMPARE(s.expect<Changed>(client).task.state, State::Success);
    const TaskResult result = s.expect<TaskResult>(client);
    QCOMPARE(result.error.code(), ErrorCode::Expired);
    QVERIFY(result.value.isEmpty());
}

void TestSchedulerTime::aClockFarAheadMakesNothingOld()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 9);
    Submit first;
    first.seq = 1;
    first.function = QStringLiteral("lab.f");
    const TaskId id = s.submit(client, first);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    s.stepWall(3650 * days);
    s.advance(2h);
    s.stepWall(-3650 * days);
    s.drop(client);
    const SessionId again = s.client();
    first.id = id;
    s.submit(again, first); // its answer was lost on the way
    s.expect<Accepted>(again);
    QCOMPARE(s.store.endings(id), 1);
    QCOMPARE(s.scheduler->totals().queued, 0u);
}

void TestSchedulerTime::aKeyOutlivesItsTaskByTheWindow()
{
    SchedulerScript s;
    s.commitsAtOnce = true;
    const SessionId client = s.client();
    const TaskId first = s.submit(client, Options().idempotencyKey("k"));
    s.skip();
    s.advance(30 * days); // it waits for a worker, longer than the window
    s.submit(client, Options().idempotencyKey("k"));
    QCOMPARE(s.expect<Duplicate>(client).existing, first);
    const SessionId worker = s.worker("w1", 9);
    s.finish(worker, s.expect<Assign>(worker));
    s.skip();
    s.advance(6 * days);
    s.submit(client, Options().idempotencyKey("k"));
    QCOMPARE(s.expect<Duplicate>(client).existing, first);
    s.skip();
    s.advance(2 * days);
    s.submit(client, Options().idempotencyKey("k"));
    s.expect<Assign>(worker);
}

DROVER_TEST_MAIN(TestSchedulerTime)
#include "tst_schedulertime.moc"
