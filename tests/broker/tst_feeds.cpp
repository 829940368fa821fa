// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/feeds.h"
#include "protocol/rows.h"
#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

namespace {

constexpr SessionId reader = 1000;

Subscribe subscribeTo(Table table, quint64 credit)
{
    Subscribe subscribe;
    subscribe.table = table;
    subscribe.credit = credit;
    return subscribe;
}

} // namespace

class FeedsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void beginsWithASnapshot();
    void changesFollowAsNumberedDeltas();
    void nothingIsSentWithoutAChange();
    void aReaderWithoutCreditGetsANewSnapshotLater();
    void aFeedThatLostCountBeginsAgain();
    void aForgottenReaderGetsNothing();

private:
    void publish();
    QList<WorkerInfo> workers(const QList<QByteArray> &rows) const;

    std::unique_ptr<SchedulerScript> m_script;
    std::unique_ptr<Feeds> m_feeds;
    QList<Snapshot> m_snapshots;
    QList<Delta> m_deltas;
};

void FeedsTest::init()
{
    m_script = std::make_unique<SchedulerScript>();
    m_feeds = std::make_unique<Feeds>(*m_script->scheduler);
    m_snapshots.clear();
    m_deltas.clear();
}

void FeedsTest::publish()
{
    m_feeds->changed(m_script->scheduler->takeChanges());
    m_feeds->publish([this](SessionId session, const Feeds::Message &message) {
        QCOMPARE(session, reader);
        if (const auto *snapshot = std::get_if<Snapshot>(&message))
            m_snapshots.append(*snapshot);
        else
            m_deltas.append(std::get<Delta>(message));
    });
}

QList<WorkerInfo> FeedsTest::workers(const QList<QByteArray> &rows) const
{
    QList<WorkerInfo> all;
    for (const QByteArray &row : rows)
        all.append(decodeRow<WorkerInfo>(row).value());
    return all;
}

void FeedsTest::beginsWithASnapshot()
{
    m_script->worker("w1", 1);
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    publish();
    QCOMPARE(m_snapshots.size(), 1);
    QVERIFY(m_snapshots[0].last);
    QCOMPARE(workers(m_snapshots[0].rows).size(), 1);
    QVERIFY(workers(m_snapshots[0].rows)[0].connected);
    QVERIFY(m_deltas.isEmpty());
}

void FeedsTest::changesFollowAsNumberedDeltas()
{
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    publish();
    QVERIFY(m_snapshots[0].rows.isEmpty());
    const SessionId worker = m_script->worker("w1", 1);
    publish();
    QCOMPARE(m_deltas.size(), 1);
    QCOMPARE(m_deltas[0].number, m_snapshots[0].number + 1);
    QCOMPARE(m_deltas[0].changes.size(), 1);
    QVERIFY(m_deltas[0].changes[0].op == RowChange::Op::Put);
    QVERIFY(workers({m_deltas[0].changes[0].row})[0].connected);
    m_script->drop(worker);
    publish();
    QCOMPARE(m_deltas.size(), 2);
    QCOMPARE(m_deltas[1].number, m_deltas[0].number + 1);
    QCOMPARE(m_deltas[1].changes[0].key, m_deltas[0].changes[0].key);
    QVERIFY(!workers({m_deltas[1].changes[0].row})[0].connected);
}

void FeedsTest::nothingIsSentWithoutAChange()
{
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    publish();
    publish();
    QCOMPARE(m_snapshots.size(), 1);
    QVERIFY(m_deltas.isEmpty());
}

void FeedsTest::aReaderWithoutCreditGetsANewSnapshotLater()
{
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 1));
    publish();
    m_script->worker("w1", 1);
    publish(); // uses up the credit
    QCOMPARE(m_deltas.size(), 1);
    m_script->worker("w2", 1);
    publish();
    publish();
    QCOMPARE(m_deltas.size(), 1);
    QCOMPARE(m_snapshots.size(), 1);
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    publish();
    QCOMPARE(m_snapshots.size(), 2);
    QCOMPARE(workers(m_snapshots[1].rows).size(), 2);
    QVERIFY(m_snapshots[1].number > m_deltas[0].number);
}

void FeedsTest::aFeedThatLostCountBeginsAgain()
{
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    publish();
    Scheduler::Changes lost;
    lost.tooMany = true;
    m_feeds->changed(lost);
    publish();
    QCOMPARE(m_snapshots.size(), 2);
}

void FeedsTest::aForgottenReaderGetsNothing()
{
    m_feeds->subscribe(reader, subscribeTo(Table::Workers, 100'000));
    QVERIFY(!m_feeds->isEmpty());
    m_feeds->forget(reader);
    QVERIFY(m_feeds->isEmpty());
    m_script->worker("w1", 1);
    publish();
    QVERIFY(m_snapshots.isEmpty() && m_deltas.isEmpty());
}

DROVER_TEST_MAIN(FeedsTest)
#include "tst_feeds.moc"
