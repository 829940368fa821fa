// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/childwaits.h"

#include "execute/streamgate.h"
#include "task/submitted.h"
#include "testing/main.h"

#include <atomic>
#include <thread>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

//! What was written to the agent: the names of messages.
class Written
{
public:
    HostWriter writer{[this](const char *from, qsizetype size) {
        FrameReader reader(QByteArrayView(from, size).sliced(HostWriter::lengthSize));
        const std::lock_guard lock(m_mutex);
        while (const auto message = reader.next())
            m_names.append(toString(message->kind));
        return true;
    }};

    QString take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_names, {}).join(u' ');
    }
    bool comesTo(const QString &names)
    {
        return QTest::qWaitFor([&] {
            const std::lock_guard lock(m_mutex);
            return m_names.join(u' ') == names;
        });
    }

private:
    std::mutex m_mutex;
    QStringList m_names;
};

TaskId idOf(char name)
{
    return *Id::fromBytes(QByteArray(16, name));
}

LeaseRef leaseOf(char name)
{
    return {idOf(name), {1, 1}};
}

TaskResult resultOf(char name)
{
    TaskResult result;
    result.id = idOf(name);
    result.ok = true;
    result.settled = true;
    result.value = Payload::cbor(*encodeValue(7));
    return result;
}

} // namespace

//! Threads of an attempt that wait for its tasks, and for room in its stream.
class TestChildWaits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { joinAll(); }
    void aResultWakesItsThreadAndEndsTheLoan();
    void theSlotStaysLentWhileAnotherThreadWaits();
    void impatienceEndsTheLoan();
    void aResultBeforeTheWaitLendsNothing();
    void aRefusalIsTheResult();
    void aTaskIsKnownByTheIdThatItGets();
    void aRequestToStopEndsAllWaits();
    void theEndOfTheAttemptEndsAllWaits();
    void aSuspendedAttemptLendsUntilItIsAnswered();
    void whoTellsTooMuchWaitsForTheReader();
    void nobodyWaitsAtAnOpenGate_data();
    void nobodyWaitsAtAnOpenGate();

private:
    std::shared_ptr<WaitedTask> start(char name, const LeaseRef &attempt = leaseOf('a'));
    void wait(const std::shared_ptr<WaitedTask> &task, Milliseconds limit = patience);
    void joinAll();

    std::unique_ptr<Written> m_written;
    std::unique_ptr<Lending> m_lending;
    std::unique_ptr<ChildWaits> m_waits;
    std::vector<std::thread> m_threads;
    std::atomic<int> m_woken = 0;
    quint64 m_seq = 0;
};

void TestChildWaits::init()
{
    m_written = std::make_unique<Written>();
    m_lending = std::make_unique<Lending>(m_written->writer);
    m_waits = std::make_unique<ChildWaits>(m_written->writer, *m_lending);
    m_lending->begin(leaseOf('a'));
    m_waits->begin(leaseOf('a'), false);
    m_woken = 0;
    m_seq = 0;
}

std::shared_ptr<WaitedTask> TestChildWaits::start(char name, const LeaseRef &attempt)
{
    auto task = std::make_shared<WaitedTask>(std::make_shared<PendingTask>(idOf(name)));
    Submit submit;
    submit.id = idOf(name);
    submit.seq = ++m_seq;
    m_waits->start(attempt, submit, task);
    return task;
}

void TestChildWaits::wait(const std::shared_ptr<WaitedTask> &task, Milliseconds limit)
{
    m_threads.emplace_back([this, task, limit] { m_woken += task->awaitFinished(limit); });
}

void TestChildWaits::joinAll()
{
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void TestChildWaits::aResultWakesItsThreadAndEndsTheLoan()
{
    const auto task = start('x');
    QCOMPARE(m_written->take(), QStringLiteral("Submit"));
    wait(task);
    QVERIFY(m_written->comesTo(QStringLiteral("Blocked")));
    m_waits->handle(Accepted{{{1, 1}}});
    QVERIFY(task->isAccepted());
    QVERIFY(m_waits->handle(resultOf('x')));
    joinAll();
    QCOMPARE(m_woken, 1);
    QCOMPARE(drover::resultOf<int>(task->finished()).value_or(-1), 7);
    QCOMPARE(m_written->take(), QStringLiteral("Blocked Resumed"));
    QVERIFY(!m_waits->handle(resultOf('x')));
}

void TestChildWaits::theSlotStaysLentWhileAnotherThreadWaits()
{
    const auto first = start('x');
    const auto second = start('y');
    m_written->take();
    wait(first);
    wait(second);
    QVERIFY(m_written->comesTo(QStringLiteral("Blocked")));
    m_waits->handle(resultOf('y'));
    QTRY_COMPARE(m_woken, 1);
    QVERIFY(m_written->comesTo(QStringLiteral("Blocked Resumed Blocked")));
    m_waits->handle(resultOf('x'));
    joinAll();
    QCOMPARE(m_written->take(), QStringLiteral("Blocked Resumed Blocked Resumed"));
}

void TestChildWaits::impatienceEndsTheLoan()
{
    const auto task = start('x');
    m_written->take();
    QVERIFY(!task->awaitFinished(5ms));
    QCOMPARE(m_written->take(), QStringLiteral("Blocked Resumed"));
    QVERIFY(!task->awaitFinished(0ms));
    QCOMPARE(m_written->take(), QString());
}

void TestChildWaits::aResultBeforeTheWaitLendsNothing()
{
    const auto task = start('x');
    m_waits->handle(resultOf('x'));
    m_written->take();
    QVERIFY(task->awaitFinished(patience));
    QCOMPARE(m_written->take(), QString());
}

void TestChildWaits::aRefusalIsTheResult()
{
    const auto task = start('x');
    wait(task);
    SubmitRefused refused;
    refused.seq = 1;
    refused.id = idOf('x');
    refused.error = Error(ErrorCode::NotFound, QStringLiteral("no such queue"));
    QVERIFY(m_waits->handle(refused));
    joinAll();
    QCOMPARE(task->finished().outcome().error().code(), ErrorCode::NotFound);
    QVERIFY(!task->accepted());
}

void TestChildWaits::aTaskIsKnownByTheIdThatItGets()
{
    const auto task = start('x');
    Duplicate duplicate;
    duplicate.seq = 1;
    duplicate.id = idOf('x');
    duplicate.existing = idOf('z');
    m_waits->handle(duplicate);
    QVERIFY(task->isAccepted());
    QCOMPARE(task->id(), idOf('z'));
    m_waits->handle(resultOf('z'));
    QVERIFY(task->isFinished());
}

void TestChildWaits::aRequestToStopEndsAllWaits()
{
    const auto first = start('x');
    wait(first, Milliseconds::max());
    wait(start('y'), Milliseconds::max());
    m_waits->stop(leaseOf('b')); // another attempt
    QVERIFY(!first->isFinished());
    m_waits->stop(leaseOf('a'));
    joinAll();
    QCOMPARE(m_woken, 2);
    QCOMPARE(first->finished().outcome().error().code(), ErrorCode::Revoked);
    m_written->take();
    const auto late = start('z');
    QCOMPARE(late->finished().outcome().error().code(), ErrorCode::Revoked);
    QCOMPARE(m_written->take(), QString());
}

void TestChildWaits::theEndOfTheAttemptEndsAllWaits()
{
    const auto task = start('x');
    wait(task, Milliseconds::max());
    QVERIFY(m_written->comesTo(QStringLiteral("Submit Blocked")));
    m_lending->end();
    m_waits->end();
    joinAll();
    QCOMPARE(task->finished().outcome().error().code(), ErrorCode::ClientClosed);
    m_lending->begin(leaseOf('b'));
    m_waits->begin(leaseOf('b'), false);
    m_written->take();
    QVERIFY(start('y')->isFinished()); // in the name of the attempt that has ended
    m_lending->waits(leaseOf('a'), true);
    QCOMPARE(m_written->take(), QString());
}

void TestChildWaits::aSuspendedAttemptLendsUntilItIsAnswered()
{
    m_lending->suspended();
    m_lending->suspended();
    m_lending->answered(0);
    m_written->writer.flush();
    QCOMPARE(m_written->take(), QStringLiteral("Blocked Resumed"));
}

void TestChildWaits::whoTellsTooMuchWaitsForTheReader()
{
    StreamGate gate;
    gate.begin(leaseOf('a'), false);
    const StreamItem big{0, StreamItem::Value, QByteArray(StreamItem::capacity, 'x')};
    QVERIFY(gate.isOpen());
    gate.pass(big);
    QVERIFY(!gate.isOpen());
    std::atomic<bool> passed = false;
    m_threads.emplace_back([&] {
        gate.pass(big);
        passed = true;
    });
    gate.allow(StreamCredit{idOf('b'), 1 << 30, 1});
    gate.allow(StreamCredit{idOf('a'), 1 << 30, 2}); // another attempt
    gate.allow(StreamCredit{idOf('a'), big.cost(), 1});
    QVERIFY(!QTest::qWaitFor([&] { return passed.load(); }, 30));
    gate.allow(StreamCredit{idOf('a'), big.cost() + 1, 1});
    joinAll();
    QVERIFY(passed);
}

void TestChildWaits::nobodyWaitsAtAnOpenGate_data()
{
    QTest::addColumn<bool>("before");
    QTest::newRow("asked to stop before it began") << true;
    QTest::newRow("asked to stop while it waits") << false;
}

void TestChildWaits::nobodyWaitsAtAnOpenGate()
{
    QFETCH(bool, before);
    StreamGate gate;
    gate.begin(leaseOf('a'), before);
    std::atomic<int> passed = 0;
    m_threads.emplace_back([&] {
        const StreamItem big{0, StreamItem::Value, QByteArray(StreamItem::capacity, 'x')};
        for (int i = 0; i < 3; ++i, ++passed)
            gate.pass(big);
    });
    if (!before)
        gate.open(leaseOf('a'));
    joinAll();
    QCOMPARE(passed, 3);
}

DROVER_TEST_MAIN(TestChildWaits)

#include "tst_childwaits.moc"
