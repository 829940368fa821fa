// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/peer.h"

#include "discovery/peers.h"
#include "testing/main.h"

namespace drover {

class PeerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreRead_data();
    void addressesAreRead();
    void addressesAreRefused_data();
    void addressesAreRefused();
    void theKeyIsTheRunOfAProcess();
    void loopbackComesFirstAndLinkLocalLast();
};

void PeerTest::addressesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *text, const char *host, quint16 port, const char *name) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(host) << port
                            << QString::fromLatin1(name);
    };
    row("wren:80", "wren", 80, "wren:80");
    row("wren", "wren", 7, "wren:7");
    row("wren.lab_1.local:65535", "wren.lab_1.local", 65535, "wren.lab_1.local:65535");
    row("10.0.0.1:1", "10.0.0.1", 1, "10.0.0.1:1");
    row("[::1]:80", "::1", 80, "[::1]:80");
    row("[fe80::1%eth0]:80", "fe80::1%eth0", 80, "[fe80::1%eth0]:80");
    row("[::1]", "::1", 7, "[::1]:7");
    row("fe80::1", "fe80::1", 7, "[fe80::1]:7");
    row("  wren:80 ", "wren", 80, "wren:80");
}

void PeerTest::addressesAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(quint16, port);
    QFETCH(QString, name);
    const Result<Peer> peer = peerFromAddress(text, QStringLiteral("worker"), 7);
    QVERIFY2(peer, peer ? "" : qPrintable(peer.error().message()));
    QCOMPARE(peer->hosts, QStringList(host));
    QCOMPARE(peer->port, port);
    QCOMPARE(peer->name, name);
    QCOMPARE(peer->service, QStringLiteral("worker"));
    QVERIFY(peer->given && peer->fingerprint.isEmpty() && peer->incarnation.isNull());
}

void PeerTest::addressesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", " ", ":80", "wren", "wren:", "wren:0", "wren:65536", "wren:-1", "wren:x", "wren:80:81", "[::1", "[::1]80",
          "[::1]:", "[]:80", "[wren:80", "a b:80", "drover://wren:80", "wren/x:80", "user@wren:80"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("long") << QString(254, u'x') + QStringLiteral(":80");
}

void PeerTest::addressesAreRefused()
{
    QFETCH(QString, text);
    const Result<Peer> peer = peerFromAddress(text, QStringLiteral("worker"));
    QVERIFY(!peer);
    QVERIFY(peer.error().code() == ErrorCode::InvalidArgument);
    QVERIFY(peer.error().message().contains(text));
}

void PeerTest::theKeyIsTheRunOfAProcess()
{
    const Announcement first = announcementOf(1);
    const Peer peer = toPeer(first, QStringLiteral("10.0.0.1"));
    QCOMPARE(toPeer(first, QStringLiteral("10.0.0.2")).key(), peer.key());
    Announcement restarted = first;
    restarted.incarnation = announcementOf(2).incarnation;
    QVERIFY(toPeer(restarted, QStringLiteral("10.0.0.1")).key() != peer.key());
    Announcement impostor = first;
    impostor.fingerprint = announcementOf(2).fingerprint;
    QVERIFY(toPeer(impostor, QStringLiteral("10.0.0.1")).key() != peer.key());
    Announcement broker = first;
    broker.service = QStringLiteral("broker");
    QVERIFY(toPeer(broker, QStringLiteral("10.0.0.1")).key() != peer.key());
    QVERIFY(peerFromAddress(QStringLiteral("a:1"), {}).value().key()
            != peerFromAddress(QStringLiteral("a:2"), {}).value().key());
}

void PeerTest::loopbackComesFirstAndLinkLocalLast()
{
    const QStringList hosts{QStringLiteral("fe80::1%eth0"), QStringLiteral("2001:db8::1"), QStringLiteral("wren"),
                            QStringLiteral("10.0.0.2"),     QStringLiteral("127.0.0.1"),   QStringLiteral("10.0.0.2"),
                            QStringLiteral("10.0.0.1")};
    const QStringList ordered{QStringLiteral("127.0.0.1"),   QStringLiteral("10.0.0.1"),
                              QStringLiteral("10.0.0.2"),    QStringLiteral("wren"),
                              QStringLiteral("2001:db8::1"), QStringLiteral("fe80::1%eth0")};
    QCOMPARE(orderedHosts(hosts), ordered);
}

} // namespace drover

DROVER_TEST_MAIN(drover::PeerTest)

#include "tst_peer.moc"
