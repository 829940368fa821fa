// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "client/relay.h"
#include "testing/coroutine.h"

#include "lab.h"

#include <ranges>

using namespace drover;
using namespace drover::testing;

namespace {

constexpr int count = 12'000; // several windows of submits

//! What a coroutine read of a batch.
struct Read
{
    QHash<qint64, int> times; //!< by index
    int wrong = 0;
    bool ended = false;
};

QCoro::Task<> readAll(Batch<int> batch, std::shared_ptr<Read> read, std::function<void(qsizetype)> each = {})
{
    while (const auto item = co_await batch.next()) {
        ++read->times[item->index];
        read->wrong += item->result.value_or(-1) != int(item->index) + 1;
        if (each)
            each(read->times.size());
    }
    read->ended = true;
}

auto numbers()
{
    return std::views::iota(0, count) | std::views::transform([](int i) { return std::pair(i, 1); });
}

} // namespace

//! Links are cut and brokers die while a batch is on its way: each result comes once.
class TestBatchLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_place.reset(); }
    void cutLinksLoseNothing_data();
    void cutLinksLoseNothing();
    void aKilledBrokerLosesNothing_data();
    void aKilledBrokerLosesNothing();
    void aCancelSurvivesAKilledBroker();

private:
    void check(const std::shared_ptr<Read> &read, const BatchInfo &info);

    std::unique_ptr<Place> m_place;
};

void TestBatchLoss::init()
{
    m_place = std::make_unique<Place>(QStringLiteral("local:"));
    QVERIFY(m_place->start());
}

void TestBatchLoss::check(const std::shared_ptr<Read> &read, const BatchInfo &info)
{
    QCOMPARE(read->times.size(), count);
    QCOMPARE(read->wrong, 0);
    QVERIFY(std::ranges::all_of(std::as_const(read->times), [](int times) { return times == 1; }));
    QCOMPARE(info.total, count);
    QCOMPARE(info.submitted, quint64(count));
    QCOMPARE(info.succeeded, quint64(count));
    QVERIFY(info.finished());
}

void TestBatchLoss::cutLinksLoseNothing_data()
{
    QTest::addColumn<bool>("attached");
    QTest::newRow("by who submits") << false;
    QTest::newRow("by who attached") << true;
}

void TestBatchLoss::cutLinksLoseNothing()
{
    QFETCH(bool, attached);
    Relay relay(m_place->site().home());
    const auto client = m_place->another();
    const Answer<void> connected = client->connected();
    QVERIFY(testing::resultOf(connected));

    QObject cutter;
    const auto cutAt = [&](qsizetype finished) {
        if (finished == 100 || finished == count / 3 || finished == count - 50)
            QMetaObject::invokeMethod(
                &cutter, [&] { relay.cut(); }, Qt::QueuedConnection);
    };
    const auto read = std::make_shared<Read>();
    const Batch<int> own = (attached ? m_place->client() : *client).map(lab::add, numbers());
    QTRY_VERIFY(own.info().submitted > 0);
    const Batch<int> batch = attached ? client->attachBatch<int>(own.id()) : own;
    readAll(batch, read, cutAt);
    QTRY_VERIFY_WITH_TIMEOUT(read->ended && batch.info().finished(), patienceMs);
    check(read, batch.info());
    QVERIFY2(relay.links() >= 3, qPrintable(QString::number(relay.links())));
}

void TestBatchLoss::aKilledBrokerLosesNothing_data()
{
    QTest::addColumn<int>("killAt");
    QTest::newRow("while it is submitted") << 10;
    QTest::newRow("in the middle") << count / 2;
    QTest::newRow("near the end") << count - 20;
}

void TestBatchLoss::aKilledBrokerLosesNothing()
{
    QFETCH(int, killAt);
    const auto other = m_place->another();
    const Batch<int> batch = m_place->client().map(lab::add, numbers(), MapOptions().name(QStringLiteral("sums")));
    QTRY_VERIFY(batch.info().submitted > 0);
    const Batch<int> again = other->attachBatch<int>(batch.id());
    const auto read = std::make_shared<Read>();
    const auto readAgain = std::make_shared<Read>();
    readAll(again, readAgain);
    bool killed = false;
    QObject killer;
    readAll(batch, read, [&](qsizetype finished) {
        if (finished != killAt)
            return;
        QMetaObject::invokeMethod(
            &killer, [&] { killed = m_place->site().kill(QStringLiteral("broker")) && m_place->startBroker(); },
            Qt::QueuedConnection);
    });
    QTRY_VERIFY_WITH_TIMEOUT(read->ended && batch.info().finished(), 2 * patienceMs);
    QVERIFY(killed);
    check(read, batch.info());
    QTRY_VERIFY_WITH_TIMEOUT(readAgain->ended, patienceMs);
    check(readAgain, again.info());
    QCOMPARE(again.info().name, QStringLiteral("sums"));
}

void TestBatchLoss::aCancelSurvivesAKilledBroker()
{
    QVERIFY(m_place->site().kill(QStringLiteral("here")));
    const Batch<int> batch = m_place->client().map(lab::add, numbers());
    const auto read = std::make_shared<Read>();
    readAll(batch, read);
    QTRY_VERIFY_WITH_TIMEOUT(batch.info().submitted == quint64(count), patienceMs);
    const Answer<CancelOutcome> cancelled = batch.cancel();
    QVERIFY(testing::resultOf(cancelled));
    QVERIFY(m_place->site().kill(QStringLiteral("broker")) && m_place->startBroker());
    QVERIFY(m_place->startWorker());
    QTRY_VERIFY_WITH_TIMEOUT(read->ended && batch.info().finished(), patienceMs);
    QVERIFY(batch.info().cancelled);
    QCOMPARE(read->times.size(), count);
    QCOMPARE(batch.info().revoked, quint64(count));
}

DROVER_TEST_MAIN(TestBatchLoss)

#include "tst_batchloss.moc"
