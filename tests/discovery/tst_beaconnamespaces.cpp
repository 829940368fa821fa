// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/beaconprocess.h"
#include "discovery/namespaces.h"
#include "testing/main.h"

#include <memory>

namespace drover {

//! Beacons of processes in network namespaces that this test makes: two machines and a cable, no real network.
class BeaconNamespacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void machinesFindEachOther_data();
    void machinesFindEachOther();
    void goodbyeCrossesTheCable();
    void aPulledCableEndsAPeerAndPluggingInBringsItBack();
    void anInterfaceThatComesLaterIsUsed();
    void confinedToLoopbackNothingElseIsTouched_data();
    void confinedToLoopbackNothingElseIsTouched();
    void confinedToLoopbackNobodyElseIsHeard();
    void confinedToLoopbackNoIPv6SocketIsMade_data();
    void confinedToLoopbackNoIPv6SocketIsMade();

private:
    //! Joins "a" and "b" by a cable and gives it the addresses of \a family, "4" or "6".
    bool wire(const QString &family);
    QProcessEnvironment environment(const QString &confinedTo = {}) const;
    std::unique_ptr<BeaconProcess> start(const QString &machine, const QString &name,
                                         const QString &confinedTo = {}) const;
    qint64 sentPackets(const QString &card) const;
    //! A file of /proc/net as machine "a" has it.
    QByteArray read(const char *file) const;
    //! Whether the beacon's IPv4 group is joined on \a card of machine "a".
    bool hasJoined(QByteArrayView card) const;

    std::unique_ptr<Namespaces> m_namespaces;
};

// No duplicate address detection: addresses are usable at once.
static const QString quietSetup = QStringLiteral(
    "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad; echo 0 > /proc/sys/net/ipv6/conf/all/accept_dad;"
    "echo 0 > /proc/sys/net/ipv6/conf/default/router_solicitations;");

// 239.255.100.118 as the kernel prints it.
static const QByteArray group = QByteArrayLiteral("7664FFEF");

void BeaconNamespacesTest::init()
{
    const QString whyNot = Namespaces::whyNot();
    if (!whyNot.isEmpty())
        QSKIP(qPrintable(whyNot));
    m_namespaces = std::make_unique<Namespaces>();
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b")}) {
        QVERIFY(m_namespaces->add(name));
        QVERIFY(!m_namespaces->run(name, quietSetup).isNull());
    }
}

void BeaconNamespacesTest::cleanup()
{
    m_namespaces.reset();
}

bool BeaconNamespacesTest::wire(const QString &family)
{
    if (!m_namespaces->connect(QStringLiteral("a:cable0"), QStringLiteral("b:cable1")))
        return false;
    const QString setup = family == QStringLiteral("4")
        ? QStringLiteral(
            "echo 1 > /proc/sys/net/ipv6/conf/%2/disable_ipv6; ip address add 10.77.0.%1/24 dev %2; ip link set %2 up")
        : QStringLiteral("ip link set %2 up; : %1");
    return !m_namespaces->run(QStringLiteral("a"), setup.arg(QStringLiteral("1"), QStringLiteral("cable0"))).isNull()
        && !m_namespaces->run(QStringLiteral("b"), setup.arg(QStringLiteral("2"), QStringLiteral("cable1"))).isNull();
}

QProcessEnvironment BeaconNamespacesTest::environment(const QString &confinedTo) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DROVER_INTERFACE"), confinedTo);
    return environment;
}

std::unique_ptr<BeaconProcess> BeaconNamespacesTest::start(const QString &machine, const QString &name,
                                                           const QString &confinedTo) const
{
    auto process =
        std::make_unique<BeaconProcess>(m_namespaces->prefix(machine), QStringList{name}, environment(confinedTo));
    return process->waitForLine(QStringLiteral("started")).isEmpty() ? nullptr : std::move(process);
}

qint64 BeaconNamespacesTest::sentPackets(const QString &card) const
{
    const QString script = QStringLiteral("cat /sys/class/net/%1/statistics/tx_packets").arg(card);
    return m_namespaces->run(QStringLiteral("a"), script).trimmed().toLongLong();
}

QByteArray BeaconNamespacesTest::read(const char *file) const
{
    return m_namespaces->run(QStringLiteral("a"), QStringLiteral("cat /proc/net/") + QString::fromLatin1(file));
}

bool BeaconNamespacesTest::hasJoined(QByteArrayView card) const
{
    QByteArray current;
    for (const QByteArray &line : read("igmp").split('\n')) {
        if (!line.startsWith('\t'))
            current = line.simplified().split(' ').value(1);
        else if (current == card && line.trimmed().startsWith(group))
            return true;
    }
    return false;
}

void BeaconNamespacesTest::machinesFindEachOther_data()
{
    QTest::addColumn<QString>("family");
    QTest::addColumn<QString>("hostOfA");
    QTest::addColumn<QString>("hostOfB");
    QTest::newRow("IPv4") << QStringLiteral("4") << QStringLiteral(" 10.77.0.1") << QStringLiteral(" 10.77.0.2");
    QTest::newRow("IPv6") << QStringLiteral("6") << QStringLiteral("%cable1") << QStringLiteral("%cable0");
}

void BeaconNamespacesTest::machinesFindEachOther()
{
    QFETCH(QString, family);
    QFETCH(QString, hostOfA);
    QFETCH(QString, hostOfB);
    QVERIFY(wire(family));
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"));
    const auto robin = start(QStringLiteral("b"), QStringLiteral("robin"));
    QVERIFY(wren && robin);
    const QString seenByB = robin->waitForLine(QStringLiteral("appeared wren"));
    const QString seenByA = wren->waitForLine(QStringLiteral("appeared robin"));
    QVERIFY2(seenByB.endsWith(hostOfA), qPrintable(seenByB));
    QVERIFY2(seenByA.endsWith(hostOfB), qPrintable(seenByA));
    QCOMPARE(seenByB.contains(QStringLiteral(" fe80::")), family == QStringLiteral("6"));
    const QStringList report = wren->report();
    QCOMPARE(report.size(), 1);
    QVERIFY2(report.first().startsWith(QStringLiteral("cable0/") + family), qPrintable(report.first()));
}

void BeaconNamespacesTest::goodbyeCrossesTheCable()
{
    QVERIFY(wire(QStringLiteral("4")));
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"));
    const auto robin = start(QStringLiteral("b"), QStringLiteral("robin"));
    QVERIFY(wren && robin);
    QVERIFY(!robin->waitForLine(QStringLiteral("appeared wren")).isEmpty());
    wren->end();
    QVERIFY(!robin->waitForLine(QStringLiteral("vanished wren"), 1000).isEmpty());
}

void BeaconNamespacesTest::aPulledCableEndsAPeerAndPluggingInBringsItBack()
{
    QVERIFY(wire(QStringLiteral("4")));
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"));
    const auto robin = start(QStringLiteral("b"), QStringLiteral("robin"));
    QVERIFY(wren && robin);
    QVERIFY(!robin->waitForLine(QStringLiteral("appeared wren")).isEmpty());
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), QStringLiteral("ip link set cable0 down")).isNull());
    QVERIFY(!robin->waitForLine(QStringLiteral("vanished wren")).isEmpty());
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), QStringLiteral("ip link set cable0 up")).isNull());
    QVERIFY(!robin->waitForLine(QStringLiteral("appeared wren")).isEmpty());
}

void BeaconNamespacesTest::anInterfaceThatComesLaterIsUsed()
{
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"));
    const auto robin = start(QStringLiteral("b"), QStringLiteral("robin"));
    QVERIFY(wren && robin);
    QCOMPARE(wren->report(), QStringList());
    QVERIFY(wire(QStringLiteral("6")));
    QVERIFY(!robin->waitForLine(QStringLiteral("appeared wren")).isEmpty());
    QVERIFY(!wren->waitForLine(QStringLiteral("appeared robin")).isEmpty());
}

void BeaconNamespacesTest::confinedToLoopbackNothingElseIsTouched_data()
{
    QTest::addColumn<QString>("confinedTo");
    QTest::addColumn<bool>("touched");
    QTest::newRow("confined") << QStringLiteral("lo") << false;
    // Proves that the measurement would notice.
    QTest::newRow("not confined") << QString() << true;
}

void BeaconNamespacesTest::confinedToLoopbackNothingElseIsTouched()
{
    QFETCH(QString, confinedTo);
    QFETCH(bool, touched);
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), QStringLiteral("ip link set lo up")).isNull());
    QVERIFY(wire(QStringLiteral("4")));
    const qint64 before = sentPackets(QStringLiteral("cable0"));
    const QByteArray hardwareGroups = read("dev_mcast");

    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"), confinedTo);
    const auto robin = start(QStringLiteral("a"), QStringLiteral("robin"), confinedTo);
    QVERIFY(wren && robin);
    QVERIFY(!wren->waitForLine(QStringLiteral("appeared robin")).isEmpty());
    QTRY_VERIFY(wren->report().filter(QStringLiteral("lo/4 sent")).value(0).section(u' ', 2).toInt() > 5);

    QVERIFY(hasJoined("lo"));
    QCOMPARE(hasJoined("cable0"), touched);
    QCOMPARE(read("dev_mcast") != hardwareGroups, touched);
    QCOMPARE(sentPackets(QStringLiteral("cable0")) != before, touched);
    const QByteArray sockets = read("udp");
    QVERIFY2(sockets.contains(' ' + group + ':'), sockets.constData());
    QCOMPARE(sockets.count('\n'), 1 + sockets.count(group));
    QCOMPARE(read("udp6").count('\n'), 1);
    QCOMPARE(wren->report().filter(QStringLiteral("cable0")).isEmpty(), !touched);
}

void BeaconNamespacesTest::confinedToLoopbackNobodyElseIsHeard()
{
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), QStringLiteral("ip link set lo up")).isNull());
    QVERIFY(wire(QStringLiteral("4")));
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"), QStringLiteral("lo"));
    const auto robin = start(QStringLiteral("a"), QStringLiteral("robin"));
    const auto jay = start(QStringLiteral("b"), QStringLiteral("jay"));
    QVERIFY(wren && robin && jay);
    QVERIFY(!robin->waitForLine(QStringLiteral("appeared jay")).isEmpty());
    jay->end();
    QVERIFY(!robin->waitForLine(QStringLiteral("vanished jay")).isEmpty());
    robin->end();
    const QStringList lines = wren->linesUntil(QStringLiteral("vanished robin"));
    QCOMPARE(lines,
             (QStringList{QStringLiteral("appeared robin 127.0.0.1"), QStringLiteral("vanished robin 127.0.0.1")}));
}

void BeaconNamespacesTest::confinedToLoopbackNoIPv6SocketIsMade_data()
{
    confinedToLoopbackNothingElseIsTouched_data();
}

void BeaconNamespacesTest::confinedToLoopbackNoIPv6SocketIsMade()
{
    QFETCH(QString, confinedTo);
    QFETCH(bool, touched);
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), QStringLiteral("ip link set lo up")).isNull());
    QVERIFY(wire(QStringLiteral("6")));
    const auto wren = start(QStringLiteral("a"), QStringLiteral("wren"), confinedTo);
    const auto robin = start(QStringLiteral("a"), QStringLiteral("robin"), confinedTo);
    QVERIFY(wren && robin);
    QVERIFY(!wren->waitForLine(QStringLiteral("appeared robin")).isEmpty());
    QCOMPARE(read("udp6").count('\n') > 1, touched);
    QCOMPARE(read("igmp6").contains("ff120000000000000000000064726f76"), touched);
    QCOMPARE(wren->report().filter(QStringLiteral("cable0")).isEmpty(), !touched);
}

} // namespace drover

DROVER_TEST_MAIN(drover::BeaconNamespacesTest)

#include "tst_beaconnamespaces.moc"
