// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/blockingclient.h"
#include "client/taskhandle.h"
#include "discovery/beacon.h"
#include "discovery/discovery.h"
#include "discovery/givenpeers.h"
#include "lab.h"
#include "task/registry.h"
#include "testing/coroutine.h"
#include "testing/main.h"

#include <QtCore/QDirIterator>
#include <QtCore/QRegularExpression>

#include <cmath>
#include <ranges>

// Each snippet of README and of the public headers stands here as it is written there, and is run.
using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr auto add = lab::add;
constexpr auto power = lab::power;
constexpr Function<int(int)> countTo{"countTo", arg("n")};
constexpr Function<int(int)> waiter{"waiter", arg("x")};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

//! The code in the comments of a header: lines indented by four, and spans in backticks that call something.
QStringList snippetsOf(const QString &header)
{
    static const QRegularExpression line(QStringLiteral("^ *//!     (\\S.*;)$"), QRegularExpression::MultilineOption);
    static const QRegularExpression span(
        QStringLiteral("`((?:const |co_await |client\\.|caller\\.|registry\\.)[^`]*[;)])`"));
    QStringList found;
    for (const QRegularExpression &expression : {line, span}) {
        for (auto match = expression.globalMatch(header); match.hasNext();)
            found.append(match.next().captured(1));
    }
    return found;
}

} // namespace

QCoro::Task<qint64> sweep(drover::Client &client)
{
    const auto batch = client.map(lab::fib, std::views::iota(1, 21), drover::MapOptions().name("fib"));
    qint64 sum = 0;
    while (const auto item = co_await batch.next()) // in the order in which they finish
        sum += item->result.value_or(0);
    co_return sum;
}

QCoro::Task<int> sumOf(drover::Client &client, drover::TaskId id)
{
    drover::TaskHandle *handle = client.watch(id, &client);
    int sum = 0;
    while (const std::optional<int> value = co_await handle->next<int>())
        sum += *value;
    if (handle->nextError().code() != drover::ErrorCode::None)
        qWarning() << handle->nextError(); // some are missing
    delete handle;
    co_return sum;
}

class SnippetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void calls();
    void clientOnItsOwn();
    void threadsThatWait();
    void batches();
    void streams();
    void discovery();
    void everySnippetOfTheHeadersIsHere();
    void everyBlockOfReadmeIsAFileHere_data();
    void everyBlockOfReadmeIsAFileHere();

private:
    QCoro::Task<> runCalls();

    std::unique_ptr<Registry> m_registry;
    std::unique_ptr<Client> m_client;
};

void SnippetsTest::init()
{
    m_registry = std::make_unique<Registry>();
    Registry &registry = *m_registry;
    registry.add(power, [](int a, int b) { return int(std::lround(std::pow(a, b))); });
    registry.add(lab::add, [](int x, int y) { return x + y; });
    registry.add(countTo, [](Context &context, int n) {
        for (int value = 1; value <= n; ++value)
            context.emitValue(value);
        return n;
    });
    registry.add(waiter, [](Context &context, int x) { return context.blocking().call(10s, add, 2, 3).value() + x; });
    m_client = std::make_unique<Client>(QUrl(QStringLiteral("loopback:")), ClientSettings().registry(m_registry.get()));
}

QCoro::Task<> SnippetsTest::runCalls()
{
    Client &client = *m_client;
    Caller &caller = client;
    {
        const drover::Result<int> sum = co_await client.call(lab::add, 2, 3); // runs on another machine
        CO_COMPARE(sum.value(), 5);
    }
    {
        const Result<int> sum = co_await caller.call(add, 2, 3);
        CO_COMPARE(sum.value(), 5);
    }
    const Submitted<int> submitted = caller.submit(power, 2, 10);
    {
        const Result<void> durable = co_await submitted.accepted();
        CO_VERIFY(durable);
    }
    {
        using R = int;
        const Result<R> result = co_await submitted;
        CO_COMPARE(result.value(), 1024);
    }
    const TaskId id = submitted.id();
    {
        const Result<int> again = co_await client.attach<int>(id);
        CO_COMPARE(again.value(), 1024);
    }
    {
        const Result<TaskInfo> info = co_await client.show(id);
        CO_COMPARE(toString(info.value().state), QStringLiteral("SUCCESS"));
    }
    // loopback: has no queues, and says so
    const Result<int> queued = co_await caller.submit(power, 2, 10, Options().queue("slow"));
    CO_COMPARE(toString(queued.error().code()), toString(ErrorCode::Unsupported));
    const Result<int> retried = co_await client.call(power, 2, 10, Options().queue("slow").retries(3));
    CO_VERIFY(retried.error().message().contains(QLatin1String("retries")));
    const auto slow =
        client.submit(lab::fib, 30, drover::Options().queue("slow").priority(-1).timeout(10min).retries(2));
    CO_VERIFY(slow.isFinished());
}

void SnippetsTest::calls()
{
    DROVER_RUN([this] { return runCalls(); });
}

void SnippetsTest::clientOnItsOwn()
{
    qputenv("DROVER_PROGRAM", "/nonexistent"); // no broker is started for this one
    drover::Client client;
    QVERIFY(!client.isConnected());
    qunsetenv("DROVER_PROGRAM");
}

void SnippetsTest::threadsThatWait()
{
    qputenv("DROVER_PROGRAM", "/nonexistent");
    {
        drover::BlockingClient client;
        QVERIFY(!client.status(1ms));
    }
    qunsetenv("DROVER_PROGRAM");
    BlockingClient client(QUrl(QStringLiteral("loopback:")), ClientSettings().registry(m_registry.get()));
    BlockingCaller &caller = client;
    {
        const drover::Result<int> sum = client.call(10s, lab::add, 2, 3);
        QCOMPARE(sum.value(), 5);
    }
    {
        const Result<int> sum = caller.call(10s, add, 2, 3);
        QCOMPARE(sum.value(), 5);
    }
    const BlockingTask<int> task = client.submit(10s, add, 2, 3);
    {
        const Result<int> sum = task.wait(10s);
        QCOMPARE(sum.value(), 5);
    }
    const TaskId id = task.id();
    const Result<int> again = client.attach<int>(id).wait(10s);
    QCOMPARE(again.value(), 5);
    QCOMPARE(client.call(10s, waiter, 1).value(), 6);
}

void SnippetsTest::batches()
{
    m_registry->add(lab::fib, [](int n) { return qint64(n); });
    qint64 sum = 0;
    const auto run = [&]() -> QCoro::Task<> { sum = co_await sweep(*m_client); };
    DROVER_RUN(run);
    QCOMPARE(sum, 210);
}

void SnippetsTest::streams()
{
    int sum = 0;
    const auto run = [&]() -> QCoro::Task<> {
        const Submitted<int> task = m_client->submit(countTo, 10);
        sum = co_await sumOf(*m_client, task.id());
    };
    DROVER_RUN(run);
    QCOMPARE(sum, 55);
}

void SnippetsTest::discovery()
{
    const SystemClock clock;
    const QList<Peer> addresses{peerFromAddress(QStringLiteral("127.0.0.1:4711"), QStringLiteral("worker")).value()};
    Announcement announcement;
    announcement.service = QStringLiteral("worker");
    Discovery discovery;
    discovery.add(std::make_unique<Beacon>(clock));
    discovery.add(std::make_unique<GivenPeers>(addresses));
    discovery.announce(announcement);
    discovery.start();
    QTRY_VERIFY(!discovery.peers().isEmpty());
}

void SnippetsTest::everySnippetOfTheHeadersIsHere()
{
    const QString here = QString::fromUtf8(contentOf(QFINDTESTDATA("tst_snippets.cpp")));
    const QString registryBody = QStringLiteral("{ ... })");
    QDirIterator headers(QStringLiteral(PROJECT_FOLDER "/lib"), {QStringLiteral("*.h")}, QDir::Files,
                         QDirIterator::Subdirectories);
    int seen = 0;
    while (headers.hasNext()) {
        const QString path = headers.next();
        for (QString snippet : snippetsOf(QString::fromUtf8(contentOf(path)))) {
            ++seen;
            if (snippet.endsWith(registryBody))
                snippet.chop(registryBody.size());
            QVERIFY2(here.contains(snippet), qPrintable(path + QStringLiteral(": ") + snippet));
        }
    }
    QVERIFY(seen >= 10);
}

void SnippetsTest::everyBlockOfReadmeIsAFileHere_data()
{
    QTest::addColumn<QString>("block");
    static const QRegularExpression fence(QStringLiteral("```cpp\n(.*?)\n```"),
                                          QRegularExpression::DotMatchesEverythingOption);
    const QString readme = QString::fromUtf8(contentOf(QStringLiteral(PROJECT_FOLDER "/README.md")));
    int number = 0;
    for (auto match = fence.globalMatch(readme); match.hasNext();)
        QTest::addRow("block %d", ++number) << match.next().captured(1);
    QCOMPARE(number, 8);
}

void SnippetsTest::everyBlockOfReadmeIsAFileHere()
{
    QFETCH(QString, block);
    bool found = false;
    for (const char *name :
         {"lab.h", "labplugin.cpp", "embedding.cpp", "standalone.cpp", "blocking.cpp", "tst_snippets.cpp"})
        found |= QString::fromUtf8(contentOf(QFINDTESTDATA(name))).contains(block);
    QVERIFY2(found, qPrintable(block));
}

DROVER_TEST_MAIN(SnippetsTest)
#include "tst_snippets.moc"
