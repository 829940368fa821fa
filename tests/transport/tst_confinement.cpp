// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "transport/confinement.h"

using namespace drover;

class ConfinementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qputenv("DROVER_INTERFACE", "lo"); }
    void targetsOutsideAreRefused_data();
    void targetsOutsideAreRefused();
    void foreignAddressesAreNotListenedOn_data();
    void foreignAddressesAreNotListenedOn();
    void anyMeansTheAddressesOfTheInterface();
    void unknownInterfaceForbidsEverything();
    void withoutConfinementAllIsAllowed();
};

void ConfinementTest::targetsOutsideAreRefused_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("IPv4 loopback") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("other loopback") << QStringLiteral("127.3.2.1") << true;
    QTest::newRow("localhost") << QStringLiteral("localhost") << true;
    QTest::newRow("LAN") << QStringLiteral("192.168.1.7") << false;
    QTest::newRow("public") << QStringLiteral("1.1.1.1") << false;
    QTest::newRow("public IPv6") << QStringLiteral("2001:db8::1") << false;
    QTest::newRow("link-local of another interface") << QStringLiteral("fe80::1%eth0") << false;
    QTest::newRow("any") << QStringLiteral("0.0.0.0") << false;
    QTest::newRow("broadcast") << QStringLiteral("255.255.255.255") << false;
    QTest::newRow("name") << QStringLiteral("lab.example") << false;
    QTest::newRow("name like localhost") << QStringLiteral("localhost.example") << false;
    QTest::newRow("empty") << QString() << false;
}

void ConfinementTest::targetsOutsideAreRefused()
{
    QFETCH(const QString, host);
    QFETCH(const bool, allowed);
    const Result<void> result = checkTarget(host);
    QCOMPARE(result.has_value(), allowed);
    if (!allowed) {
        QCOMPARE(toString(result.error().code()), toString(ErrorCode::NotPermitted));
        QVERIFY(result.error().message().contains(QStringLiteral("DROVER_INTERFACE")));
    }
}

void ConfinementTest::foreignAddressesAreNotListenedOn_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("other loopback") << QStringLiteral("127.0.0.9") << true;
    QTest::newRow("LAN") << QStringLiteral("10.0.0.1") << false;
    QTest::newRow("link-local of another interface") << QStringLiteral("fe80::1%eth0") << false;
}

void ConfinementTest::foreignAddressesAreNotListenedOn()
{
    QFETCH(const QString, address);
    QFETCH(const bool, allowed);
    const auto addresses = listenAddresses(QHostAddress(address));
    QCOMPARE(addresses.has_value(), allowed);
    if (allowed)
        QCOMPARE(*addresses, QList<QHostAddress>{QHostAddress(address)});
    else
        QVERIFY(addresses.error().message().contains(QStringLiteral("DROVER_INTERFACE")));
}

void ConfinementTest::anyMeansTheAddressesOfTheInterface()
{
    const auto any = listenAddresses(QHostAddress::Any);
    const auto v4 = listenAddresses(QHostAddress::AnyIPv4);
    QVERIFY(any && v4);
    QVERIFY(any->contains(QHostAddress(QHostAddress::LocalHost)));
    QVERIFY(!v4->isEmpty());
    for (const QHostAddress &address : *any)
        QVERIFY(address.isLoopback());
    for (const QHostAddress &address : *v4)
        QCOMPARE(address.protocol(), QAbstractSocket::IPv4Protocol);
}

void ConfinementTest::unknownInterfaceForbidsEverything()
{
    qputenv("DROVER_INTERFACE", "nosuch0");
    QVERIFY(checkTarget(QStringLiteral("127.0.0.1")).error().message().contains(QStringLiteral("nosuch0")));
    QVERIFY(listenAddresses(QHostAddress::Any).error().message().contains(QStringLiteral("nosuch0")));
}

void ConfinementTest::withoutConfinementAllIsAllowed()
{
    qunsetenv("DROVER_INTERFACE");
    QVERIFY(checkTarget(QStringLiteral("lab.example")));
    QCOMPARE(listenAddresses(QHostAddress::Any).value(), QList<QHostAddress>{QHostAddress(QHostAddress::Any)});
}

DROVER_TEST_MAIN(ConfinementTest)

#include "tst_confinement.moc"
