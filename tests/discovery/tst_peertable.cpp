// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/peertable.h"

#include "discovery/peers.h"
#include "testing/main.h"

using namespace std::chrono_literals;

namespace drover {

class PeerTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPeerAppearsOnce();
    void silenceIsJudgedByTheLifetime_data();
    void silenceIsJudgedByTheLifetime();
    void goodbyeEndsAPeerAtOnce();
    void goodbyeOfAStrangerIsNothing();
    void changesAreTold();
    void aRestartedProcessIsAnotherPeer();
    void oneAddressOfTwoFallsSilent();
    void addressesAndPeersAreBounded();
    void queriesNameNobody();
    void sleepIsNotSilence();
    void aClockThatStepsBackEndsNobody();

private:
    QList<PeerChange> hear(PeerTable &table, const Announcement &announcement,
                           const QString &host = QStringLiteral("10.0.0.1"))
    {
        return table.heard(announcement, host, m_clock.monotonic());
    }
    QList<PeerChange> tickFor(PeerTable &table, Milliseconds time)
    {
        QList<PeerChange> changes;
        for (Milliseconds passed{0}; passed < time; passed += 100ms) {
            m_clock.advance(std::min<Milliseconds>(100ms, time - passed));
            changes += table.tick(m_clock.monotonic());
        }
        return changes;
    }

    ManualClock m_clock;
};

void PeerTableTest::aPeerAppearsOnce()
{
    PeerTable table(1s);
    const Peer peer = toPeer(announcementOf(1), QStringLiteral("10.0.0.1"));
    QCOMPARE(hear(table, announcementOf(1)), (QList<PeerChange>{{PeerChange::Appeared, peer}}));
    QVERIFY(hear(table, announcementOf(1)).isEmpty());
    QCOMPARE(table.peers(), QList<Peer>{peer});
}

void PeerTableTest::silenceIsJudgedByTheLifetime_data()
{
    QTest::addColumn<int>("silence");
    QTest::addColumn<bool>("vanishes");
    QTest::newRow("none") << 0 << false;
    QTest::newRow("just not") << 999 << false;
    QTest::newRow("just") << 1000 << true;
    QTest::newRow("long") << 60000 << true;
}

void PeerTableTest::silenceIsJudgedByTheLifetime()
{
    QFETCH(int, silence);
    QFETCH(bool, vanishes);
    PeerTable table(1s);
    hear(table, announcementOf(1));
    const QList<PeerChange> changes = tickFor(table, Milliseconds(silence));
    QCOMPARE(changes.size(), vanishes ? 1 : 0);
    QCOMPARE(table.peers().isEmpty(), vanishes);
    if (vanishes)
        QCOMPARE(changes.first(),
                 (PeerChange{PeerChange::Vanished, toPeer(announcementOf(1), QStringLiteral("10.0.0.1"))}));
}

void PeerTableTest::goodbyeEndsAPeerAtOnce()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    Announcement goodbye = announcementOf(1);
    goodbye.goodbye = true;
    const QList<PeerChange> changes = hear(table, goodbye, QStringLiteral("10.0.0.9"));
    QCOMPARE(changes,
             (QList<PeerChange>{{PeerChange::Vanished, toPeer(announcementOf(1), QStringLiteral("10.0.0.1"))}}));
    QVERIFY(table.peers().isEmpty());
    QCOMPARE(hear(table, announcementOf(1)).value(0).kind, PeerChange::Appeared);
}

void PeerTableTest::goodbyeOfAStrangerIsNothing()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    Announcement goodbye = announcementOf(1);
    goodbye.goodbye = true;
    goodbye.fingerprint = announcementOf(2).fingerprint;
    QVERIFY(hear(table, goodbye).isEmpty());
    QCOMPARE(table.peers().size(), 1);
}

void PeerTableTest::changesAreTold()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    Announcement changed = announcementOf(1, QStringLiteral("robin"));
    changed.port = 1;
    const QList<PeerChange> changes = hear(table, changed);
    QCOMPARE(changes, (QList<PeerChange>{{PeerChange::Changed, toPeer(changed, QStringLiteral("10.0.0.1"))}}));
}

void PeerTableTest::aRestartedProcessIsAnotherPeer()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    Announcement restarted = announcementOf(1);
    restarted.incarnation = announcementOf(2).incarnation;
    QCOMPARE(hear(table, restarted).value(0).kind, PeerChange::Appeared);
    QCOMPARE(table.peers().size(), 2);
}

void PeerTableTest::oneAddressOfTwoFallsSilent()
{
    PeerTable table(1s);
    hear(table, announcementOf(1), QStringLiteral("10.0.0.1"));
    const QStringList both{QStringLiteral("127.0.0.1"), QStringLiteral("10.0.0.1")};
    QCOMPARE(hear(table, announcementOf(1), QStringLiteral("127.0.0.1")).value(0).peer.hosts, both);
    QVERIFY(tickFor(table, 900ms).isEmpty());
    hear(table, announcementOf(1), QStringLiteral("127.0.0.1"));
    const QList<PeerChange> changes = tickFor(table, 100ms);
    QCOMPARE(changes,
             (QList<PeerChange>{{PeerChange::Changed, toPeer(announcementOf(1), QStringLiteral("127.0.0.1"))}}));
}

void PeerTableTest::addressesAndPeersAreBounded()
{
    PeerTable table(1s);
    for (int i = 0; i < 2 * PeerTable::maxHosts; ++i)
        hear(table, announcementOf(1), QStringLiteral("10.0.0.%1").arg(i));
    QCOMPARE(table.peers().value(0).hosts.size(), PeerTable::maxHosts);
    for (quint16 i = 0; i < 2 * PeerTable::maxPeers; ++i) {
        Announcement announcement = announcementOf(1);
        announcement.incarnation = Id({quint8(i), quint8(i >> 8), 1});
        hear(table, announcement);
    }
    QCOMPARE(table.peers().size(), PeerTable::maxPeers);
    QCOMPARE(tickFor(table, 1s).size(), PeerTable::maxPeers);
}

void PeerTableTest::queriesNameNobody()
{
    PeerTable table(1s);
    Announcement query;
    query.query = true;
    QVERIFY(hear(table, query).isEmpty());
    Announcement asking = announcementOf(1);
    asking.query = true;
    QCOMPARE(hear(table, asking).value(0).kind, PeerChange::Appeared);
}

void PeerTableTest::sleepIsNotSilence()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    QVERIFY(tickFor(table, 500ms).isEmpty());
    m_clock.advance(std::chrono::hours(8));
    QVERIFY(table.tick(m_clock.monotonic()).isEmpty());
    QVERIFY(tickFor(table, 999ms).isEmpty());
    QCOMPARE(tickFor(table, 1ms).size(), 1);
}

void PeerTableTest::aClockThatStepsBackEndsNobody()
{
    PeerTable table(1s);
    hear(table, announcementOf(1));
    QVERIFY(table.tick(m_clock.monotonic() - std::chrono::hours(1)).isEmpty());
    QVERIFY(table.tick(MonotonicTime()).isEmpty());
    QVERIFY(tickFor(table, 900ms).isEmpty());
    QCOMPARE(tickFor(table, 100ms).size(), 1);
}

} // namespace drover

DROVER_TEST_MAIN(drover::PeerTableTest)

#include "tst_peertable.moc"
