// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/discovery.h"

#include "discovery/givenpeers.h"
#include "discovery/peers.h"
#include "testing/main.h"

#include <QtTest/QSignalSpy>

namespace drover {

//! A source that says what the test tells it to.
class ScriptedSource : public PeerSource
{
    Q_OBJECT

public:
    void start() override { ++starts; }
    void announce(const std::optional<Announcement> &announcement) override { announced = announcement; }
    QList<Peer> peers() const override { return {}; }

    int starts = 0;
    std::optional<Announcement> announced;
};

class DiscoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aPeerOfTwoSourcesIsOne();
    void aChangeInOneSourceIsTold();
    void unknownLossesAreNothing();
    void givenPeersStayUntilRemoved();
    void sourcesAreStartedAndToldWhatToAnnounce();

private:
    QStringList take() { return std::exchange(m_events, {}); }

    std::unique_ptr<Discovery> m_discovery;
    ScriptedSource *m_first = nullptr;
    ScriptedSource *m_second = nullptr;
    QStringList m_events;
};

void DiscoveryTest::init()
{
    m_events.clear();
    m_discovery = std::make_unique<Discovery>();
    m_first = m_discovery->add(std::make_unique<ScriptedSource>());
    m_second = m_discovery->add(std::make_unique<ScriptedSource>());
    const auto record = [this](const QString &word) {
        return [this, word](const Peer &peer) { m_events += word + u' ' + peer.name + u' ' + peer.hosts.join(u','); };
    };
    connect(m_discovery.get(), &Discovery::peerAppeared, this, record(QStringLiteral("appeared")));
    connect(m_discovery.get(), &Discovery::peerChanged, this, record(QStringLiteral("changed")));
    connect(m_discovery.get(), &Discovery::peerVanished, this, record(QStringLiteral("vanished")));
}

void DiscoveryTest::aPeerOfTwoSourcesIsOne()
{
    const Peer near = toPeer(announcementOf(1), QStringLiteral("127.0.0.1"));
    const Peer far = toPeer(announcementOf(1), QStringLiteral("10.0.0.1"));
    Q_EMIT m_first->peerAppeared(far);
    QCOMPARE(take(), QStringList{QStringLiteral("appeared wren 10.0.0.1")});
    Q_EMIT m_second->peerAppeared(far);
    QCOMPARE(take(), QStringList());
    Q_EMIT m_second->peerChanged(near);
    QCOMPARE(take(), QStringList{QStringLiteral("changed wren 127.0.0.1,10.0.0.1")});
    QCOMPARE(m_discovery->peers().size(), 1);
    Q_EMIT m_first->peerVanished(far);
    QCOMPARE(take(), QStringList{QStringLiteral("changed wren 127.0.0.1")});
    Q_EMIT m_second->peerVanished(near);
    QCOMPARE(take(), QStringList{QStringLiteral("vanished wren 127.0.0.1")});
    QVERIFY(m_discovery->peers().isEmpty());
}

void DiscoveryTest::aChangeInOneSourceIsTold()
{
    Q_EMIT m_first->peerAppeared(toPeer(announcementOf(1), QStringLiteral("10.0.0.1")));
    Q_EMIT m_first->peerChanged(toPeer(announcementOf(1, QStringLiteral("robin")), QStringLiteral("10.0.0.1")));
    QCOMPARE(take(), (QStringList{QStringLiteral("appeared wren 10.0.0.1"), QStringLiteral("changed robin 10.0.0.1")}));
}

void DiscoveryTest::unknownLossesAreNothing()
{
    Q_EMIT m_first->peerVanished(toPeer(announcementOf(1), QStringLiteral("10.0.0.1")));
    QCOMPARE(take(), QStringList());
}

void DiscoveryTest::givenPeersStayUntilRemoved()
{
    const Peer wren = peerFromAddress(QStringLiteral("wren:80"), QStringLiteral("worker")).value();
    const Peer robin = peerFromAddress(QStringLiteral("robin:80"), QStringLiteral("worker")).value();
    auto *given = m_discovery->add(std::make_unique<GivenPeers>(QList<Peer>{wren, wren}));
    QCOMPARE(take(), QStringList());
    m_discovery->start();
    QCOMPARE(take(), QStringList{QStringLiteral("appeared wren:80 wren")});
    given->add(robin);
    given->add(robin);
    given->remove(wren.key());
    given->remove(wren.key());
    QCOMPARE(take(), (QStringList{QStringLiteral("appeared robin:80 robin"), QStringLiteral("vanished wren:80 wren")}));
    QCOMPARE(m_discovery->peers(), QList<Peer>{robin});
    QCOMPARE(given->peers(), QList<Peer>{robin});
}

void DiscoveryTest::sourcesAreStartedAndToldWhatToAnnounce()
{
    m_discovery->announce(announcementOf(1));
    QCOMPARE(m_first->announced, announcementOf(1));
    m_discovery->start();
    auto *late = m_discovery->add(std::make_unique<ScriptedSource>());
    QCOMPARE(late->starts, 1);
    QCOMPARE(m_first->starts, 1);
    QCOMPARE(late->announced, announcementOf(1));
    m_discovery->announce(std::nullopt);
    QVERIFY(!late->announced && !m_second->announced);
}

} // namespace drover

DROVER_TEST_MAIN(drover::DiscoveryTest)

#include "tst_discovery.moc"
