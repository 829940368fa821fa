// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "channellog.h"
#include "peers.h"
#include "testing/main.h"

#include <QtCore/QElapsedTimer>

using namespace drover;

using End = void (*)(std::unique_ptr<Channel> &);
Q_DECLARE_METATYPE(End)

class WebSocketChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_peers.reset(); }
    void messagesGoBothWays();
    void bothSidesKnowEachOther();
    void frameOfAnySizePasses_data();
    void frameOfAnySizePasses();
    void frameOverTheLimitIsNotSent();
    void bytesToSendTellsOfWhatThePeerHasNotTaken();
    void closeFlushesWhatWasSentAndGivesTheReason();
    void longReasonIsCut();
    void abortIsSeenAsACutConnection();
    void destroyedChannelClosesThePeers();
    void mayEndInsideReceived_data();
    void mayEndInsideReceived();
    void channelsOutliveTheServer();
    void repliesComeWithoutDelay();

private:
    std::unique_ptr<Peers> m_peers;
};

void WebSocketChannelTest::init()
{
    m_peers = std::make_unique<Peers>();
    m_peers->open();
    QTRY_VERIFY2(m_peers->isOpen(), qPrintable(m_peers->failures.value(0).message()));
}

void WebSocketChannelTest::messagesGoBothWays()
{
    ChannelLog server(m_peers->atServer.get());
    ChannelLog client(m_peers->atClient.get());
    m_peers->atClient->send("a");
    m_peers->atClient->send("b");
    m_peers->atServer->send(QByteArray("\0\xff", 2));
    m_peers->atServer->send(QByteArray());
    QTRY_COMPARE(server.frames, (QList<QByteArray>{"a", "b"}));
    QTRY_COMPARE(client.frames, (QList<QByteArray>{QByteArray("\0\xff", 2), QByteArray()}));
    QTRY_VERIFY(client.sentCount > 0 && server.sentCount > 0);
    QCOMPARE(m_peers->atClient->bytesToSend(), 0);
}

void WebSocketChannelTest::bothSidesKnowEachOther()
{
    QCOMPARE(m_peers->atServer->peerFingerprint(), m_peers->clientKey.fingerprint());
    QCOMPARE(m_peers->atClient->peerFingerprint(), m_peers->serverKey.fingerprint());
    QCOMPARE(m_peers->atClient->peerAddress(), QStringLiteral("127.0.0.1:%1").arg(m_peers->port));
    QVERIFY(m_peers->atServer->peerAddress().startsWith(QStringLiteral("127.0.0.1:")));
}

void WebSocketChannelTest::frameOfAnySizePasses_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("length in 7 bits") << 125;
    QTest::newRow("length in 16 bits") << 126;
    QTest::newRow("length in 64 bits") << 65536;
    QTest::newRow("more than one WebSocket frame") << 1024 * 1024;
    QTest::newRow("at the limit") << int(maxFrameSize);
}

void WebSocketChannelTest::frameOfAnySizePasses()
{
    QFETCH(const int, size);
    ChannelLog server(m_peers->atServer.get());
    ChannelLog client(m_peers->atClient.get());
    const QByteArray frame(size, 'x');
    m_peers->atClient->send(frame);
    m_peers->atServer->send(frame);
    QTRY_COMPARE_WITH_TIMEOUT(server.frames.size(), 1, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(client.frames.size(), 1, 30000);
    QVERIFY(server.frames.first() == frame && client.frames.first() == frame);
}

void WebSocketChannelTest::frameOverTheLimitIsNotSent()
{
    ChannelLog server(m_peers->atServer.get());
    ChannelLog client(m_peers->atClient.get());
    m_peers->atClient->send(QByteArray(maxFrameSize + 1, 'x'));
    QTRY_COMPARE(client.closeCode(), toString(ErrorCode::TooLarge));
    QTRY_COMPARE(server.closeCode(), toString(ErrorCode::TooLarge));
    QVERIFY(client.closeMessage().contains(QStringLiteral("32 MiB")));
}

void WebSocketChannelTest::bytesToSendTellsOfWhatThePeerHasNotTaken()
{
    ChannelLog server(m_peers->atServer.get());
    const QByteArray frame(8 * 1024 * 1024, 'x');
    m_peers->atClient->send(frame);
    QVERIFY(m_peers->atClient->bytesToSend() > frame.size() / 2);
    QTRY_COMPARE_WITH_TIMEOUT(server.frames.size(), 1, 20000);
    QTRY_COMPARE(m_peers->atClient->bytesToSend(), 0);
}

void WebSocketChannelTest::closeFlushesWhatWasSentAndGivesTheReason()
{
    ChannelLog server(m_peers->atServer.get());
    ChannelLog client(m_peers->atClient.get());
    for (int i = 0; i < 200; ++i)
        m_peers->atClient->send(QByteArray(100'000, 'x'));
    m_peers->atServer->send(QByteArray(1'000'000, 'y'));
    m_peers->atClient->close(QStringLiteral("done here"));
    QVERIFY(!m_peers->atClient->isOpen());
    QVERIFY(client.closed.isEmpty());
    m_peers->atClient->send("too late");
    QTRY_COMPARE_WITH_TIMEOUT(server.closeCode(), toString(ErrorCode::Unavailable), 20000);
    QCOMPARE(server.frames.size(), 200);
    QCOMPARE(server.closeMessage(), QStringLiteral("done here"));
    QVERIFY(server.closed.first().isTransient());
    QTRY_COMPARE(client.closeCode(), toString(ErrorCode::None));
    QVERIFY(client.frames.isEmpty());
}

void WebSocketChannelTest::longReasonIsCut()
{
    ChannelLog server(m_peers->atServer.get());
    const QString reason = QStringLiteral("ü").repeated(100);
    m_peers->atClient->close(reason);
    QTRY_COMPARE(server.closeCode(), toString(ErrorCode::Unavailable));
    QCOMPARE(server.closeMessage(), reason.left(61));
}

void WebSocketChannelTest::abortIsSeenAsACutConnection()
{
    ChannelLog server(m_peers->atServer.get());
    ChannelLog client(m_peers->atClient.get());
    m_peers->atClient->abort();
    QVERIFY(client.closed.isEmpty());
    QTRY_COMPARE(client.closeCode(), toString(ErrorCode::None));
    QTRY_COMPARE(server.closeCode(), toString(ErrorCode::Unavailable));
    QVERIFY2(server.closeMessage().contains(QStringLiteral("was cut")), qPrintable(server.closeMessage()));
    QVERIFY(server.closed.first().isTransient());
}

void WebSocketChannelTest::destroyedChannelClosesThePeers()
{
    ChannelLog server(m_peers->atServer.get());
    m_peers->atClient.reset();
    QTRY_COMPARE(server.closeCode(), toString(ErrorCode::Unavailable));
}

void WebSocketChannelTest::mayEndInsideReceived_data()
{
    QTest::addColumn<End>("end");
    QTest::newRow("destroyed") << End([](std::unique_ptr<Channel> &channel) { channel.reset(); });
    QTest::newRow("closed") << End([](std::unique_ptr<Channel> &channel) { channel->close(); });
    QTest::newRow("aborted") << End([](std::unique_ptr<Channel> &channel) { channel->abort(); });
    QTest::newRow("aborted and destroyed") << End([](std::unique_ptr<Channel> &channel) {
        channel->abort();
        channel.reset();
    });
}

void WebSocketChannelTest::mayEndInsideReceived()
{
    QFETCH(const End, end);
    int count = 0;
    ChannelLog client(m_peers->atClient.get());
    connect(m_peers->atServer.get(), &Channel::received, this, [&] {
        ++count;
        end(m_peers->atServer);
    });
    for (int i = 0; i < 1000; ++i)
        m_peers->atClient->send(QByteArray(1000, 'x'));
    QTRY_COMPARE(client.closeCode(), toString(ErrorCode::Unavailable));
    QCOMPARE(count, 1);
}

void WebSocketChannelTest::channelsOutliveTheServer()
{
    auto peers = std::move(m_peers);
    auto server = std::move(peers->atServer);
    auto client = std::move(peers->atClient);
    peers.reset();
    ChannelLog log(server.get());
    client->send("still here");
    QTRY_COMPARE(log.frames, (QList<QByteArray>{"still here"}));
}

// With Nagle's algorithm on, each second reply waits for the peer's delayed acknowledgement, 40 ms.
void WebSocketChannelTest::repliesComeWithoutDelay()
{
    constexpr int rounds = 50;
    int replies = 0;
    connect(m_peers->atServer.get(), &Channel::received, this, [&] {
        m_peers->atServer->send("one");
        m_peers->atServer->send("two");
    });
    connect(m_peers->atClient.get(), &Channel::received, this, [&] {
        if (++replies % 2 == 0 && replies < 2 * rounds)
            m_peers->atClient->send("ping");
    });
    QElapsedTimer timer;
    timer.start();
    m_peers->atClient->send("ping");
    QTRY_COMPARE(replies, 2 * rounds);
    QVERIFY2(timer.elapsed() < rounds * 20, qPrintable(QString::number(timer.elapsed())));
}

DROVER_TEST_MAIN(WebSocketChannelTest)

#include "tst_websocketchannel.moc"
