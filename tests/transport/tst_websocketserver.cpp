// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "channellog.h"
#include "peers.h"
#include "support/fingerprint.h"
#include "testing/main.h"
#include "testing/proxycount.h"

#include <QtNetwork/QNetworkRequest>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketHandshakeOptions>

using namespace drover;
using namespace std::chrono_literals;

class WebSocketServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_peers = std::make_unique<Peers>(); }
    void cleanup() { m_peers.reset(); }
    void strangerIsRefusedAndToldWhy();
    void strangeServerIsRefusedAndToldWhy();
    void trustGivenLaterCounts();
    void foreignBytesDoNoHarm_data();
    void foreignBytesDoNoHarm();
    void otherTlsIsRefused_data();
    void otherTlsIsRefused();
    void slowHandshakeIsClosed_data();
    void slowHandshakeIsClosed();
    void otherUpgradesAreRefused_data();
    void otherUpgradesAreRefused();
    void peerThatBreaksTheFormatIsClosed_data();
    void peerThatBreaksTheFormatIsClosed();
    void tooManyConnectionsAreClosed();
    void confinementForbidsOtherAddresses();
    void anyListensOnOnePortForAllAddresses();
    void unreachableServerIsTransient_data();
    void unreachableServerIsTransient();
    void silentServerTimesOut();
    void portInUseIsTold();
    void stopKeepsOpenChannels();
    void noProxyIsAskedFor();

private:
    QUrl url() const { return QUrl(QStringLiteral("wss://127.0.0.1:%1/").arg(m_peers->port)); }
    void open(QWebSocket &socket, const QStringList &protocols) const
    {
        connect(&socket, &QWebSocket::sslErrors, &socket, [&socket] { socket.ignoreSslErrors(); });
        socket.setSslConfiguration(tlsConfiguration(m_peers->clientKey));
        QWebSocketHandshakeOptions options;
        options.setSubprotocols(protocols);
        socket.open(QNetworkRequest(url()), options);
    }
    void expectService()
    {
        m_peers->open();
        QTRY_VERIFY(m_peers->isOpen());
    }

    std::unique_ptr<Peers> m_peers;
};

void WebSocketServerTest::strangerIsRefusedAndToldWhy()
{
    const QByteArray server = m_peers->serverKey.fingerprint();
    const QByteArray client = m_peers->clientKey.fingerprint();
    m_peers->trustedByServer.clear();
    m_peers->open();
    QTRY_COMPARE(m_peers->failures.size(), 1);
    QTRY_COMPARE(m_peers->refusals.size(), 1);
    QCOMPARE(m_peers->refusedKey, client);
    const Error failure = m_peers->failures.first();
    for (const Error &error : {failure, m_peers->refusals.first()}) {
        QCOMPARE(toString(error.code()), toString(ErrorCode::NotTrusted));
        QVERIFY(!error.isTransient());
        QVERIFY(error.message().contains(fingerprintText(server)));
        QVERIFY(error.message().contains(fingerprintText(client)));
        QVERIFY(error.message().contains(QStringLiteral("drover trust add ") + QString::fromLatin1(client.toHex())));
    }
    QCOMPARE(failure.details().value(QStringLiteral("own")).toString(), QString::fromLatin1(client.toHex()));
    QCOMPARE(failure.details().value(QStringLiteral("peer")).toString(), QString::fromLatin1(server.toHex()));
    QVERIFY(!m_peers->atServer && !m_peers->atClient);
}

void WebSocketServerTest::strangeServerIsRefusedAndToldWhy()
{
    m_peers->trustedByClient.clear();
    std::unique_ptr<ChannelLog> log;
    connect(&m_peers->server, &WebSocketServer::accepted, this,
            [&](Channel *channel) { log = std::make_unique<ChannelLog>(channel); });
    m_peers->open();
    QTRY_COMPARE(m_peers->failures.size(), 1);
    const QString remedy =
        QStringLiteral("drover trust add ") + QString::fromLatin1(m_peers->serverKey.fingerprint().toHex());
    QCOMPARE(toString(m_peers->failures.first().code()), toString(ErrorCode::NotTrusted));
    QVERIFY(m_peers->failures.first().message().contains(remedy));
    QTRY_VERIFY(log && log->closeCode() == toString(ErrorCode::NotTrusted));
    QVERIFY(log->closeMessage().contains(remedy));
}

void WebSocketServerTest::trustGivenLaterCounts()
{
    m_peers->trustedByServer.clear();
    m_peers->open();
    QTRY_COMPARE(m_peers->failures.size(), 1);
    m_peers->trustedByServer.insert(m_peers->clientKey.fingerprint());
    expectService();
}

void WebSocketServerTest::foreignBytesDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("garbage") << QByteArray(100'000, '\xa5');
    QTest::newRow("TLS record that is too long") << QByteArray("\x16\x03\x01\xff\xff", 5) + QByteArray(70'000, 'x');
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
}

void WebSocketServerTest::foreignBytesDoNoHarm()
{
    QFETCH(const QByteArray, bytes);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_peers->port);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write(bytes);
    QTRY_COMPARE(m_peers->refusals.size(), 1);
    QCOMPARE(toString(m_peers->refusals.first().code()), toString(ErrorCode::ProtocolError));
    QVERIFY(m_peers->refusedKey.isEmpty());
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    expectService();
}

void WebSocketServerTest::otherTlsIsRefused_data()
{
    QTest::addColumn<bool>("certificate");
    QTest::addColumn<QSsl::SslProtocol>("protocol");
    QTest::newRow("no certificate") << false << QSsl::TlsV1_3OrLater;
    QTest::newRow("TLS 1.2") << true << QSsl::TlsV1_2;
}

void WebSocketServerTest::otherTlsIsRefused()
{
    QFETCH(const bool, certificate);
    QFETCH(const QSsl::SslProtocol, protocol);
    QSslConfiguration configuration = tlsConfiguration(certificate ? m_peers->clientKey : TlsIdentity());
    configuration.setProtocol(protocol);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSslSocket socket;
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_peers->port);
    QTRY_COMPARE(m_peers->refusals.size(), 1);
    QVERIFY(m_peers->refusedKey.isEmpty());
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    expectService();
}

void WebSocketServerTest::slowHandshakeIsClosed_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::newRow("before TLS") << false;
    QTest::newRow("before the upgrade") << true;
}

void WebSocketServerTest::slowHandshakeIsClosed()
{
    QFETCH(const bool, encrypted);
    m_peers->server.setHandshakeTimeout(200ms);
    QSslConfiguration configuration = tlsConfiguration(m_peers->clientKey);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSslSocket socket;
    socket.setSslConfiguration(configuration);
    if (encrypted)
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_peers->port);
    else
        socket.connectToHost(QHostAddress::LocalHost, m_peers->port);
    QTRY_COMPARE(m_peers->refusals.size(), 1);
    QCOMPARE(toString(m_peers->refusals.first().code()), toString(ErrorCode::Timeout));
    QCOMPARE(m_peers->refusedKey.isEmpty(), !encrypted);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void WebSocketServerTest::otherUpgradesAreRefused_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QStringList>("protocols");
    QTest::newRow("browser") << QStringLiteral("https://example.org") << QStringList(QStringLiteral("drover.1"));
    QTest::newRow("other subprotocol") << QString() << QStringList(QStringLiteral("chat"));
    QTest::newRow("next version") << QString() << QStringList(QStringLiteral("drover.2"));
    QTest::newRow("no subprotocol") << QString() << QStringList();
}

void WebSocketServerTest::otherUpgradesAreRefused()
{
    QFETCH(const QString, origin);
    QFETCH(const QStringList, protocols);
    QWebSocket socket(origin);
    open(socket, protocols);
    QTRY_COMPARE(m_peers->refusals.size(), 1);
    QCOMPARE(toString(m_peers->refusals.first().code()), toString(ErrorCode::ProtocolError));
    QCOMPARE(m_peers->refusedKey, m_peers->clientKey.fingerprint());
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!m_peers->atServer);
    expectService();
}

void WebSocketServerTest::peerThatBreaksTheFormatIsClosed_data()
{
    QTest::addColumn<bool>("text");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("text") << true << qint64(5) << ErrorCode::ProtocolError;
    QTest::newRow("one byte too many") << false << maxFrameSize + 1 << ErrorCode::TooLarge;
}

void WebSocketServerTest::peerThatBreaksTheFormatIsClosed()
{
    QFETCH(const bool, text);
    QFETCH(const qint64, size);
    QFETCH(const ErrorCode, code);
    QWebSocket socket;
    open(socket, {QString::fromLatin1(subprotocol)});
    QTRY_VERIFY(m_peers->atServer);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    ChannelLog log(m_peers->atServer.get());
    const QByteArray content(size, 'x');
    if (text)
        socket.sendTextMessage(QString::fromLatin1(content));
    else
        socket.sendBinaryMessage(content);
    QTRY_COMPARE_WITH_TIMEOUT(log.closeCode(), toString(code), 20000);
    QVERIFY(log.frames.isEmpty());
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void WebSocketServerTest::tooManyConnectionsAreClosed()
{
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Too many connections")));
    for (int i = 0; i <= WebSocketServer::maxUnjudged; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress::LocalHost, m_peers->port);
    }
    const auto isClosed = [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; };
    QTRY_COMPARE(std::ranges::count_if(sockets, isClosed), 1);
    sockets.clear();
    QTRY_COMPARE(m_peers->refusals.size(), WebSocketServer::maxUnjudged);
    expectService();
}

void WebSocketServerTest::confinementForbidsOtherAddresses()
{
    m_peers->connector.open(QStringLiteral("192.0.2.1"), 4711);
    QTRY_COMPARE(m_peers->failures.size(), 1);
    QCOMPARE(toString(m_peers->failures.first().code()), toString(ErrorCode::NotPermitted));
    QVERIFY(m_peers->failures.first().message().contains(QStringLiteral("DROVER_INTERFACE")));
    const auto port = m_peers->server.listen(QHostAddress(QStringLiteral("192.0.2.1")));
    QVERIFY(!port);
    QCOMPARE(toString(port.error().code()), toString(ErrorCode::NotPermitted));
}

void WebSocketServerTest::anyListensOnOnePortForAllAddresses()
{
    m_peers->port = m_peers->server.listen(QHostAddress::Any).value();
    QCOMPARE(m_peers->server.port(), m_peers->port);
    expectService();
}

void WebSocketServerTest::unreachableServerIsTransient_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("validPort");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("nobody listens") << QStringLiteral("127.0.0.1") << true << ErrorCode::Unavailable;
    QTest::newRow("port 0") << QStringLiteral("127.0.0.1") << false << ErrorCode::InvalidArgument;
}

void WebSocketServerTest::unreachableServerIsTransient()
{
    QFETCH(const QString, host);
    QFETCH(const bool, validPort);
    QFETCH(const ErrorCode, code);
    m_peers->server.stop();
    m_peers->connector.open(host, validPort ? m_peers->port : 0);
    QVERIFY(m_peers->failures.isEmpty());
    QTRY_COMPARE(m_peers->failures.size(), 1);
    QCOMPARE(toString(m_peers->failures.first().code()), toString(code));
    QCOMPARE(m_peers->failures.first().isTransient(), code == ErrorCode::Unavailable);
}

void WebSocketServerTest::silentServerTimesOut()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    m_peers->connector.setTimeout(200ms);
    m_peers->connector.open(QStringLiteral("127.0.0.1"), silent.serverPort());
    QTRY_COMPARE(m_peers->failures.size(), 1);
    QCOMPARE(toString(m_peers->failures.first().code()), toString(ErrorCode::Unavailable));
    QVERIFY(m_peers->failures.first().message().contains(QStringLiteral("200 ms")));
}

void WebSocketServerTest::portInUseIsTold()
{
    Peers other;
    const auto port = other.server.listen(QHostAddress::LocalHost, m_peers->port);
    QVERIFY(!port);
    QCOMPARE(toString(port.error().code()), toString(ErrorCode::Unavailable));
    QVERIFY(port.error().message().contains(QString::number(m_peers->port)));
    QCOMPARE(other.server.port(), 0);
}

void WebSocketServerTest::stopKeepsOpenChannels()
{
    expectService();
    m_peers->server.stop();
    QCOMPARE(m_peers->server.port(), 0);
    ChannelLog log(m_peers->atServer.get());
    m_peers->atClient->send("x");
    QTRY_COMPARE(log.frames.size(), 1);
}

void WebSocketServerTest::noProxyIsAskedFor()
{
    const testing::ProxyCount count;
    m_peers = std::make_unique<Peers>();
    expectService();
    QCOMPARE(count.asked(), 0);
}

DROVER_TEST_MAIN(WebSocketServerTest)

#include "tst_websocketserver.moc"
