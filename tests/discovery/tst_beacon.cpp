// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/beacon.h"

#include "discovery/beaconprocess.h"
#include "discovery/multicastsocket.h"
#include "discovery/peers.h"
#include "testing/main.h"
#include "testing/proxycount.h"

#include <QtNetwork/QUdpSocket>
#include <QtTest/QSignalSpy>

using namespace std::chrono_literals;

namespace drover {

//! Two beacons, or a beacon and another process, on the loopback interface of this machine.
class BeaconTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void twoBeaconsHearEachOther();
    void whoComesLateIsAnsweredAtOnce();
    void whoOnlyListensIsAnsweredToo();
    void goodbyeIsHeardAtOnce();
    void silenceEndsAPeer();
    void whatChangesIsAnnouncedAtOnce();
    void garbageIsCountedAndIgnored();
    void itsOwnAnnouncementIsNoPeer();
    void anotherProcessIsHeardAndMissedWhenKilled();
    void interfacesThatAreMissingAreTold_data();
    void interfacesThatAreMissingAreTold();
    void aTakenPortIsAProblemThatPasses();
    void thePortComesFromTheEnvironment_data();
    void thePortComesFromTheEnvironment();
    void noProxyIsAskedFor();

private:
    //! Speaks once and when asked only, so that nothing is heard by luck.
    BeaconOptions terse() const
    {
        BeaconOptions options;
        options.burst = {0ms};
        options.period = 1h;
        options.lifetime = 1h;
        options.rescan = 50ms;
        options.answerDelay = 1h;
        return options;
    }
    std::unique_ptr<Beacon> speaker(const Announcement &announcement, const BeaconOptions &options)
    {
        auto beacon = std::make_unique<Beacon>(m_clock, options);
        beacon->announce(announcement);
        beacon->start();
        return beacon;
    }
    QStringList names(const Beacon &beacon) const
    {
        QStringList names;
        for (const Peer &peer : beacon.peers())
            names += peer.name;
        return names;
    }

    SystemClock m_clock;
    const QStringList m_wren{QStringLiteral("wren")};
};

void BeaconTest::init()
{
    qputenv("DROVER_INTERFACE", "lo");
}

void BeaconTest::twoBeaconsHearEachOther()
{
    const auto wren = speaker(announcementOf(1), terse());
    const auto robin = speaker(announcementOf(2, QStringLiteral("robin")), terse());
    QTRY_COMPARE(names(*robin), m_wren);
    QTRY_COMPARE(names(*wren), QStringList{QStringLiteral("robin")});
    QCOMPARE(robin->peers().first(), toPeer(announcementOf(1), QStringLiteral("127.0.0.1")));
}

void BeaconTest::whoComesLateIsAnsweredAtOnce()
{
    const auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(wren->report().value(0).heard, 1u);
    const auto robin = speaker(announcementOf(2), terse());
    QTRY_COMPARE(names(*robin), m_wren);
}

void BeaconTest::whoOnlyListensIsAnsweredToo()
{
    const auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(wren->report().value(0).heard, 1u);
    Beacon listener(m_clock, terse());
    QSignalSpy appeared(&listener, &Beacon::peerAppeared);
    listener.start();
    QTRY_COMPARE(appeared.size(), 1);
    QCOMPARE(appeared.first().first().value<Peer>().port, announcementOf(1).port);
    QVERIFY(wren->peers().isEmpty());
}

void BeaconTest::goodbyeIsHeardAtOnce()
{
    Beacon listener(m_clock, terse());
    QSignalSpy vanished(&listener, &Beacon::peerVanished);
    listener.start();
    auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(names(listener), m_wren);
    wren.reset();
    QTRY_COMPARE(vanished.size(), 1);

    wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(names(listener), m_wren);
    wren->announce(std::nullopt);
    QTRY_COMPARE(vanished.size(), 2);
    QVERIFY(listener.peers().isEmpty());
}

void BeaconTest::silenceEndsAPeer()
{
    BeaconOptions options = terse();
    options.lifetime = 200ms;
    Beacon listener(m_clock, options);
    QSignalSpy vanished(&listener, &Beacon::peerVanished);
    listener.start();
    const auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(names(listener), m_wren);
    QTRY_COMPARE(vanished.size(), 1);
}

void BeaconTest::whatChangesIsAnnouncedAtOnce()
{
    Beacon listener(m_clock, terse());
    QSignalSpy changed(&listener, &Beacon::peerChanged);
    listener.start();
    const auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(names(listener), m_wren);
    wren->announce(announcementOf(1, QStringLiteral("wren 2")));
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().value<Peer>().name, QStringLiteral("wren 2"));
}

void BeaconTest::garbageIsCountedAndIgnored()
{
    Beacon listener(m_clock, terse());
    listener.start();
    QCOMPARE(listener.report().size(), 1);
    MulticastSocket socket(listener.report().first().outlet);
    QVERIFY(socket.open(terse().port));
    QVERIFY(socket.send("garbage"));
    QVERIFY(socket.send(QByteArray(9000, '\x81')));
    QVERIFY(socket.send(announcementOf(1).toBytes()));
    QTRY_COMPARE(names(listener), m_wren);
    QCOMPARE(listener.report().first().garbage, 2u);
}

void BeaconTest::itsOwnAnnouncementIsNoPeer()
{
    BeaconOptions options = terse();
    options.period = 20ms;
    const auto wren = speaker(announcementOf(1), options);
    QTRY_VERIFY(wren->report().value(0).heard > 3);
    QVERIFY(wren->peers().isEmpty());
}

void BeaconTest::anotherProcessIsHeardAndMissedWhenKilled()
{
    BeaconOptions options = terse();
    options.lifetime = 1500ms;
    options.period = 100ms;
    const auto robin = speaker(announcementOf(2, QStringLiteral("robin")), options);
    BeaconProcess process({}, {QStringLiteral("wren")});
    QTRY_COMPARE_WITH_TIMEOUT(names(*robin), m_wren, 20000);
    QCOMPARE(process.waitForLine(QStringLiteral("appeared robin")), QStringLiteral("appeared robin 127.0.0.1"));
    process.kill();
    QTRY_VERIFY(robin->peers().isEmpty());
}

void BeaconTest::interfacesThatAreMissingAreTold_data()
{
    QTest::addColumn<QByteArray>("confinedTo");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<QString>("problem");
    QTest::newRow("confined to none") << QByteArrayLiteral("none") << QStringList()
                                      << QStringLiteral("The interface none is not there");
    QTest::newRow("another than lo is wanted")
        << QByteArrayLiteral("lo") << QStringList{QStringLiteral("none")}
        << QStringLiteral("The interface none is not used, because DROVER_INTERFACE is lo");
}

void BeaconTest::interfacesThatAreMissingAreTold()
{
    QFETCH(QByteArray, confinedTo);
    QFETCH(QStringList, wanted);
    QFETCH(QString, problem);
    qputenv("DROVER_INTERFACE", confinedTo);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u'^' + problem));
    BeaconOptions options = terse();
    options.interfaces = wanted;
    const auto wren = speaker(announcementOf(1), options);
    QCOMPARE(wren->report().size(), 1);
    QVERIFY(wren->report().first().problem.startsWith(problem));
    QCOMPARE(wren->report().first().outlet.index, 0);
}

void BeaconTest::aTakenPortIsAProblemThatPasses()
{
    BeaconOptions options = terse();
    QUdpSocket taker;
    QVERIFY(taker.bind(QHostAddress::AnyIPv4, 0, QUdpSocket::DontShareAddress));
    options.port = taker.localPort();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^Cannot listen on lo \\(IPv4, UDP port")));
    const auto wren = speaker(announcementOf(1), options);
    QCOMPARE(wren->report().size(), 1);
    QVERIFY(wren->report().first().problem.contains(QString::number(options.port)));
    QCOMPARE(wren->report().first().sent, 0u);
    taker.close();
    QTRY_VERIFY(wren->report().first().problem.isEmpty());
    QTRY_COMPARE(wren->report().first().sent, 1u);
}

void BeaconTest::thePortComesFromTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<quint16>("port");
    const quint16 otherwise = BeaconOptions::defaultPort;
    QTest::newRow("unset") << QByteArray() << otherwise;
    QTest::newRow("a port") << QByteArrayLiteral("65535") << quint16(65535);
    QTest::newRow("zero") << QByteArrayLiteral("0") << otherwise;
    QTest::newRow("too great") << QByteArrayLiteral("65536") << otherwise;
    QTest::newRow("negative") << QByteArrayLiteral("-1") << otherwise;
    QTest::newRow("text") << QByteArrayLiteral("port") << otherwise;
}

void BeaconTest::thePortComesFromTheEnvironment()
{
    QFETCH(QByteArray, value);
    QFETCH(quint16, port);
    const QByteArray before = qgetenv("DROVER_BEACON_PORT");
    const auto restore = qScopeGuard([before] { qputenv("DROVER_BEACON_PORT", before); });
    qputenv("DROVER_BEACON_PORT", value);
    QCOMPARE(BeaconOptions().port, port);
}

void BeaconTest::noProxyIsAskedFor()
{
    const testing::ProxyCount count;
    const auto wren = speaker(announcementOf(1), terse());
    QTRY_COMPARE(wren->report().value(0).heard, 1u);
    QCOMPARE(count.asked(), 0);
}

} // namespace drover

DROVER_TEST_MAIN(drover::BeaconTest)

#include "tst_beacon.moc"
