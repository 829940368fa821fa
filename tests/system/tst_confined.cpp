// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/namespaces.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;

namespace {

//! Works a little, then prints what the sockets of the namespace are bound to, the groups joined on the card, and how
//! many packets it sent. $1 is the home, $2 the confinement.
const char script[] = R"sh(
export DROVER_HOME=%1 DROVER_BEACON_PORT=21000 %2
sent() { cat /sys/class/net/eth0/statistics/tx_packets; }
before=$(sent)
%3 broker --listen %5 >%1/broker.out 2>&1 & broker=$!
%3 worker --plugin %4 --name w >%1/worker.out 2>&1 & worker=$!
for try in 1 2 3 4 5 6 7 8 9; do %3 status >/dev/null 2>&1 && break; done
echo "answer $(%3 call lab.add 2 3 2>&1)"
awk 'FNR > 1 { print "bound", $2 }' /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
awk '$2 == "eth0" { card = 1; next } /^[0-9]/ { card = 0 } card { print "joined", $1 }' /proc/net/igmp
echo "packets $(( $(sent) - before ))"
kill $worker $broker
wait
)sh";

//! Loopback, and groups, as /proc/net writes addresses.
bool isConfined(const QByteArray &address)
{
    const QByteArray host = address.left(address.indexOf(':'));
    if (host.size() == 8)
        return host.endsWith("7F") || host.right(2) == "EF";
    return host == "00000000000000000000000001000000" || host.startsWith("12FF") || host.mid(2, 2) == "FF"
        || host.startsWith("0000000000000000FFFF0000");
}

} // namespace

class ConfinedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySocketKeepsToTheInterface();
    void withoutItTheSameProgramsReachOut();

private:
    //! The lines of a run after the word \a what.
    QList<QByteArray> of(const char *what) const;
    bool work(const QString &confinement, const QString &listen);

    std::unique_ptr<Namespaces> m_namespaces;
    QList<QByteArray> m_lines;
};

void ConfinedTest::initTestCase()
{
    if (const QString why = Namespaces::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_namespaces = std::make_unique<Namespaces>();
    QVERIFY(m_namespaces->add(QStringLiteral("a")) && m_namespaces->add(QStringLiteral("b")));
    QVERIFY(m_namespaces->connect(QStringLiteral("a:eth0"), QStringLiteral("b:eth0")));
    const QString up =
        QStringLiteral("sysctl -qw net.ipv6.conf.all.disable_ipv6=1; ip link set lo up; ip link set eth0 up; "
                       "ip addr add 10.9.8.%1/24 dev eth0");
    QVERIFY(!m_namespaces->run(QStringLiteral("a"), up.arg(1)).isNull());
    QVERIFY(!m_namespaces->run(QStringLiteral("b"), up.arg(2)).isNull());
}

QList<QByteArray> ConfinedTest::of(const char *what) const
{
    QList<QByteArray> found;
    for (const QByteArray &line : m_lines) {
        if (line.startsWith(QByteArray(what) + ' '))
            found.append(line.mid(qstrlen(what) + 1));
    }
    return found;
}

bool ConfinedTest::work(const QString &confinement, const QString &listen)
{
    QTemporaryDir home(QDir::tempPath() + QStringLiteral("/dr.XXXXXX"));
    const QString text = QString::fromLatin1(script).arg(home.path(), confinement, QStringLiteral(DROVER_FILE),
                                                         QStringLiteral(LAB_PLUGIN), listen);
    m_lines = m_namespaces->run(QStringLiteral("a"), text).split('\n');
    return of("answer").value(0) == "5";
}

void ConfinedTest::everySocketKeepsToTheInterface()
{
    QVERIFY2(work(QStringLiteral("DROVER_INTERFACE=lo"), QStringLiteral("0.0.0.0")), m_lines.join('\n').constData());
    const QList<QByteArray> bound = of("bound");
    QVERIFY(bound.size() >= 4);
    for (const QByteArray &address : bound)
        QVERIFY2(isConfined(address), address.constData());
    for (const QByteArray &group : of("joined"))
        QCOMPARE(group, QByteArray("010000E0")); // all hosts: the system's own
    QCOMPARE(of("packets").value(0), QByteArray("0"));
}

void ConfinedTest::withoutItTheSameProgramsReachOut()
{
    QVERIFY2(work(QStringLiteral("DROVER_INTERFACE="), QStringLiteral("0.0.0.0")), m_lines.join('\n').constData());
    const QList<QByteArray> bound = of("bound");
    QVERIFY(std::any_of(bound.begin(), bound.end(), [](const QByteArray &address) { return !isConfined(address); }));
    QVERIFY(of("packets").value(0).toInt() > 0);
}

DROVER_TEST_MAIN(ConfinedTest)
#include "tst_confined.moc"
