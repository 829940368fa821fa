// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "task/context.h"
#include "testplugin/test.h"

#include <atomic>
#include <thread>

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds patience(patienceMs);

//! Runs \a fn in so many threads at once, each told its number.
void inThreads(int count, const std::function<void(int)> &fn)
{
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&fn, i] { fn(i); });
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace

//! Threads that wait for tasks.
class TestBlockingClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fourThreadsGetTheirOwnResults_data() { Place::addRows(); }
    void fourThreadsGetTheirOwnResults();
    void tasksByNameAndCommands();
    void whatIsWrongWithACallIsItsResult_data() { Place::addRows(); }
    void whatIsWrongWithACallIsItsResult();
    void impatienceLeavesTheTaskRunning();
    void cancelEndsATask();
    void aSubmitWaitsUntilItIsDurable();
    void questionsAreAnswered();
    void whereThereIsNoBrokerAllEndsInTime();
    void destroyingItEndsWhatWaits_data();
    void destroyingItEndsWhatWaits();
    void aTaskOutlivesItsClient();
    void aClosedOneTakesNothing();
    void aTaskWaitsInsideOfLoopback();
    void noFunctionWaitsForItsOwnThread();

private:
    bool open(const QString &scheme);

    std::unique_ptr<Place> m_place;
    std::unique_ptr<BlockingClient> m_client;
    QString m_scheme;
};

bool TestBlockingClient::open(const QString &scheme)
{
    if (m_client && m_scheme == scheme)
        return true;
    m_client.reset();
    m_scheme = scheme;
    m_place.reset();
    m_place = std::make_unique<Place>(scheme);
    if (!m_place->start())
        return false;
    m_client = m_place->blocking();
    return m_client != nullptr;
}

void TestBlockingClient::fourThreadsGetTheirOwnResults()
{
    QFETCH(QString, scheme);
    QVERIFY(open(scheme));
    std::atomic<int> right = 0;
    inThreads(4, [&](int thread) {
        for (int i = 0; i < 25; ++i) {
            const QByteArray bytes = QByteArray::number(1000 * thread + i);
            right += m_client->call(patience, test::echo, bytes) == Result<QByteArray>(bytes);
        }
    });
    QCOMPARE(right, 100);
}

void TestBlockingClient::tasksByNameAndCommands()
{
    QVERIFY(open(QStringLiteral("local:")));
    const Result<QVariant> sum = m_client->call(patience, u"lab.add", {2, 3});
    QCOMPARE(sum.value_or(QVariant()), QVariant(5));
    const BlockingTask<QVariant> echo = m_client->submit(patience, u"test.echo", {QByteArray("x")});
    QVERIFY(echo.isAccepted());
    QCOMPARE(echo.wait(patience).value_or(QVariant()), QVariant(QByteArray("x")));
    const Result<CommandResult> command = m_client->call(patience, Command("sh").args("-c", "echo hi"));
    QCOMPARE(command.value_or(CommandResult()).output(), QByteArray("hi\n"));
}

void TestBlockingClient::whatIsWrongWithACallIsItsResult()
{
    QFETCH(QString, scheme);
    QVERIFY(open(scheme));
    const Result<int> thrown = m_client->call(patience, test::raise, QStringLiteral("oops"));
    QVERIFY(!thrown);
    QCOMPARE(thrown.error().typeName(), QStringLiteral("std::runtime_error"));
    const Result<QByteArray> raw = m_client->call(patience, test::echo, QByteArray("raw"), Options().raw());
    QCOMPARE(raw.value_or(QByteArray()), QByteArray("raw"));
    const Result<int> refused = m_client->call(patience, test::sleep, 1, Options().queue(""));
    QCOMPARE(refused.error().code(), ErrorCode::InvalidArgument);
    const BlockingTask<QVariant> unknown = m_client->attach(IdGenerator().next());
    QCOMPARE(unknown.wait(patience).error().code(), ErrorCode::NotFound);
}

void TestBlockingClient::impatienceLeavesTheTaskRunning()
{
    QVERIFY(open(QStringLiteral("local:")));
    const Result<int> early = m_client->call(20ms, test::sleep, 500);
    QVERIFY(!early);
    QCOMPARE(early.error().code(), ErrorCode::Timeout);
    QVERIFY(early.error().isTransient());
    const BlockingTask<int> again = m_client->attach<int>(early.error().taskId());
    QCOMPARE(again.wait(0ms).error().code(), ErrorCode::Timeout);
    QCOMPARE(again.wait(patience).value_or(-1), 500);
    QCOMPARE(again.wait(0ms).value_or(-1), 500);
}

void TestBlockingClient::cancelEndsATask()
{
    QVERIFY(open(QStringLiteral("local:")));
    const BlockingTask<int> task = m_client->submit(patience, test::sleep, 60'000);
    QVERIFY(task.isAccepted());
    QVERIFY(!task.isFinished());
    task.cancel();
    QCOMPARE(task.wait(patience).error().code(), ErrorCode::Revoked);
    const BlockingTask<int> other = m_client->submit(patience, test::sleep, 60'000);
    QVERIFY(m_client->cancel(patience, other.id()));
    QCOMPARE(other.wait(Milliseconds::max()).error().code(), ErrorCode::Revoked);
    QCOMPARE(m_client->cancel(patience, other.id()).value_or(CancelOutcome::Requested), CancelOutcome::Done);
}

void TestBlockingClient::aSubmitWaitsUntilItIsDurable()
{
    QVERIFY(open(QStringLiteral("local:")));
    const BlockingTask<void> task = m_client->submit(patience, test::noop);
    QVERIFY(task.isAccepted());
    QVERIFY(task.accepted(0ms));
    QVERIFY(task.wait(patience));
    BlockingClient nobody(QUrl(QStringLiteral("drover://127.0.0.1:1")));
    const BlockingTask<void> stuck = nobody.submit(10ms, test::noop);
    QVERIFY(!stuck.isAccepted());
    QCOMPARE(stuck.accepted(10ms).error().code(), ErrorCode::Timeout);
}

void TestBlockingClient::questionsAreAnswered()
{
    QVERIFY(open(QStringLiteral("local:")));
    QVERIFY(m_client->connected(patience));
    const BlockingTask<void> task = m_client->submit(0ms, test::noop);
    QVERIFY(task.wait(patience));
    const Result<TaskInfo> info = m_client->show(patience, task.id());
    QVERIFY(info);
    QCOMPARE(info->function, test::noop.name());
    QCOMPARE(m_client->show(patience, IdGenerator().next()).error().code(), ErrorCode::NotFound);
    const Result<QList<AvailableFunction>> functions = m_client->functions(patience, test::noop.name());
    QVERIFY(functions && functions->size() == 1);
    const Result<BrokerStatus> status = m_client->status(patience);
    QVERIFY(status && status->workers == 1);
    TaskQuery query;
    query.function = test::noop.name();
    const Result<TaskPage> page = m_client->list(patience, query);
    QVERIFY(page && !page->tasks.isEmpty());
}

void TestBlockingClient::whereThereIsNoBrokerAllEndsInTime()
{
    BlockingClient client(QUrl(QStringLiteral("drover://127.0.0.1:1")));
    QCOMPARE(client.call(10ms, test::noop).error().code(), ErrorCode::Timeout);
    QCOMPARE(client.status(10ms).error().code(), ErrorCode::Timeout);
    const Result<void> connected = client.connected(300ms);
    QVERIFY(!connected && connected.error().code() != ErrorCode::Timeout);
    QCOMPARE(client.close(10ms).value_or(-1), 1);
    BlockingClient nonsense(QUrl(QStringLiteral("ftp:")));
    QCOMPARE(nonsense.call(patience, test::noop).error().code(), ErrorCode::InvalidArgument);
}

void TestBlockingClient::destroyingItEndsWhatWaits_data()
{
    QTest::addColumn<QString>("scheme"); // loopback: drops what is suspended
    QTest::newRow("embedded:") << QStringLiteral("embedded:");
    QTest::newRow("local:") << QStringLiteral("local:");
}

void TestBlockingClient::destroyingItEndsWhatWaits()
{
    QFETCH(QString, scheme);
    QVERIFY(open(scheme));
    std::atomic<int> waiting = 0;
    std::atomic<int> closed = 0;
    std::thread threads([&] {
        inThreads(4, [&](int thread) {
            const BlockingTask<int> task = m_client->submit(0ms, test::sleep, 2000);
            const BlockingTask<int> unknown = m_client->attach<int>(task.id());
            ++waiting;
            const Result<int> result = thread % 2 ? task.wait(Milliseconds::max()) : unknown.wait(patience);
            closed += !result && result.error().code() == ErrorCode::ClientClosed;
        });
    });
    while (waiting < 4)
        std::this_thread::yield();
    m_client.reset();
    threads.join();
    QCOMPARE(closed, 4);
    m_place.reset();
}

void TestBlockingClient::aTaskOutlivesItsClient()
{
    QVERIFY(open(QStringLiteral("local:")));
    const BlockingTask<int> done = m_client->submit(0ms, test::sleep, 1);
    QCOMPARE(done.wait(patience).value_or(-1), 1);
    const BlockingTask<int> open = m_client->submit(0ms, test::sleep, 500);
    m_client.reset();
    QCOMPARE(done.wait(patience).value_or(-1), 1);
    QCOMPARE(open.wait(patience).error().code(), ErrorCode::ClientClosed);
    open.cancel();
    m_place.reset();
}

void TestBlockingClient::aClosedOneTakesNothing()
{
    QVERIFY(open(QStringLiteral("local:")));
    for (int i = 0; i < 20; ++i)
        m_client->submit(0ms, test::noop);
    QCOMPARE(m_client->close(patience).value_or(-1), 0);
    QCOMPARE(m_client->call(patience, test::noop).error().code(), ErrorCode::ClientClosed);
    m_client.reset();
}

void TestBlockingClient::aTaskWaitsInsideOfLoopback()
{
    static constexpr Function<int(int)> twice{"twice", arg("x")};
    static constexpr Function<int(int)> outer{"outer", arg("x")};
    Registry registry;
    registry.add(twice, [](int x) { return 2 * x; });
    registry.add(outer, [](Context &context, int x) {
        BlockingClient inside(context);
        const Result<BrokerStatus> status = inside.status(patience);
        const bool refused = !status && status.error().code() == ErrorCode::Unsupported;
        return inside.call(patience, twice, x).value() + (refused ? 0 : 1000);
    });
    BlockingClient client(QUrl(QStringLiteral("loopback:")), ClientSettings().registry(&registry));
    QCOMPARE(client.call(patience, outer, 21).value_or(-1), 42);
}

void TestBlockingClient::noFunctionWaitsForItsOwnThread()
{
    static constexpr Function<int()> selfish{"selfish"};
    Registry registry;
    BlockingClient *client = nullptr;
    registry.add(selfish, [&client]() -> Result<int> {
        const Result<BrokerStatus> status = client->status(patience);
        return client->call(patience, selfish).error().code() == status.error().code() ? Result<int>(7)
                                                                                       : fail(status.error());
    });
    BlockingClient loop(QUrl(QStringLiteral("loopback:")), ClientSettings().registry(&registry));
    client = &loop;
    QCOMPARE(loop.call(patience, selfish).value_or(-1), 7);
}

DROVER_TEST_MAIN(TestBlockingClient)

#include "tst_blockingclient.moc"
