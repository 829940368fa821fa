// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/interfaces.h"

#include "testing/main.h"

namespace drover {

class InterfacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outletsAreChosen_data();
    void outletsAreChosen();
    void theSystemHasALoopback();
};

static QList<Interface> machine()
{
    Interface lo{QStringLiteral("lo"), 1, true, true, false, false, true, true};
    Interface wired{QStringLiteral("eth0"), 2, true, false, true, false, true, true};
    Interface plain{QStringLiteral("eth1"), 3, true, false, true, false, false, true};
    Interface down{QStringLiteral("eth2"), 4, false, false, true, false, true, true};
    Interface tunnel{QStringLiteral("tun0"), 5, true, false, true, true, true, false};
    Interface dumb{QStringLiteral("dumb0"), 6, true, false, false, false, true, true};
    return {lo, wired, plain, down, tunnel, dumb};
}

void InterfacesTest::outletsAreChosen_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("confinedTo");
    QTest::addColumn<QString>("outlets");
    const auto row = [](const char *name, const char *wanted, const char *confinedTo, const char *outlets) {
        QTest::newRow(name) << QString::fromLatin1(wanted) << QString::fromLatin1(confinedTo)
                            << QString::fromLatin1(outlets);
    };
    row("all", "", "", "lo/4 eth0/4 eth0/6 eth1/6");
    row("one", "eth0", "", "eth0/4 eth0/6");
    row("two", "eth0 lo", "", "lo/4 eth0/4 eth0/6");
    row("a tunnel only when named", "tun0", "", "tun0/4");
    row("one that is down", "eth2", "", "");
    row("one without multicast", "dumb0", "", "");
    row("an unknown one", "eth9", "", "");
    row("confined", "", "lo", "lo/4");
    row("confined to one of the wanted", "eth0 lo", "lo", "lo/4");
    row("confined to another than wanted", "eth0", "lo", "");
    row("confined to an unknown one", "", "eth9", "");
    row("a part of a name is not a name", "eth", "", "");
}

void InterfacesTest::outletsAreChosen()
{
    QFETCH(QString, wanted);
    QFETCH(QString, confinedTo);
    QFETCH(QString, outlets);
    QStringList chosen;
    for (const Outlet &outlet : chooseOutlets(machine(), wanted.split(u' ', Qt::SkipEmptyParts), confinedTo)) {
        chosen += outlet.interfaceName
            + (outlet.family == QAbstractSocket::IPv4Protocol ? QStringLiteral("/4") : QStringLiteral("/6"));
        QCOMPARE(outlet.loopback, outlet.index == 1);
    }
    QCOMPARE(chosen.join(u' '), outlets);
}

void InterfacesTest::theSystemHasALoopback()
{
    const QList<Interface> interfaces = systemInterfaces();
    QVERIFY(std::any_of(interfaces.begin(), interfaces.end(),
                        [](const Interface &i) { return i.loopback && i.running && i.hasIPv4 && i.index > 0; }));
}

} // namespace drover

DROVER_TEST_MAIN(drover::InterfacesTest)

#include "tst_interfaces.moc"
