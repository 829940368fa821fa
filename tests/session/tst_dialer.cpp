// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/dialer.h"
#include "testing/main.h"
#include "transport/websocketserver.h"
#include "trust/identity.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace drover;

class DialerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void opensAChannelAndRests();
    void triesTheNextHost();
    void goesOnUntilSomebodyListens();
    void asksAgainWhereToDial();
    void stopEndsTheRound();

private:
    static Verdict anyone(const QByteArray &) { return Verdict::Accept; }

    Result<quint16> listen(WebSocketServer &server);

    QTemporaryDir m_folder;
    TlsIdentity m_identity;
    std::vector<std::unique_ptr<Channel>> m_accepted;
};

void DialerTest::initTestCase()
{
    QVERIFY(prepareTls());
    const auto identity = Identity::loadOrCreate(m_folder.path(), QStringLiteral("one"));
    QVERIFY(identity);
    m_identity = TlsIdentity::fromPem(identity->certificatePem(), identity->keyPem()).value();
}

void DialerTest::cleanup()
{
    m_accepted.clear();
}

Result<quint16> DialerTest::listen(WebSocketServer &server)
{
    connect(&server, &WebSocketServer::accepted, this, [this](Channel *channel) { m_accepted.emplace_back(channel); });
    return server.listen(QHostAddress::LocalHost);
}

void DialerTest::opensAChannelAndRests()
{
    WebSocketServer server(m_identity, anyone);
    const quint16 port = listen(server).value();
    Dialer dialer(m_identity, anyone, [port]() -> Result<Target> {
        return Target{{QStringLiteral("127.0.0.1")}, port};
    });
    std::unique_ptr<Channel> channel;
    connect(&dialer, &Dialer::opened, this, [&channel](Channel *opened) { channel.reset(opened); });
    dialer.start();
    QVERIFY(dialer.isActive());
    QTRY_VERIFY(channel);
    QVERIFY(!dialer.isActive());
    QCOMPARE(channel->peerFingerprint(), m_identity.fingerprint());
}

void DialerTest::triesTheNextHost()
{
    WebSocketServer server(m_identity, anyone);
    const quint16 port = listen(server).value();
    const QStringList hosts{QStringLiteral("127.0.0.2"), QStringLiteral("127.0.0.1")};
    Dialer dialer(m_identity, anyone, [port, hosts]() -> Result<Target> { return Target{hosts, port}; });
    QSignalSpy failed(&dialer, &Dialer::failed);
    std::unique_ptr<Channel> channel;
    connect(&dialer, &Dialer::opened, this, [&channel](Channel *opened) { channel.reset(opened); });
    dialer.start();
    QTRY_VERIFY(channel);
    QCOMPARE(failed.count(), 0);
}

void DialerTest::goesOnUntilSomebodyListens()
{
    quint16 port = 0;
    {
        WebSocketServer probe(m_identity, anyone);
        port = probe.listen(QHostAddress::LocalHost).value();
    }
    Dialer dialer(m_identity, anyone, [&port]() -> Result<Target> {
        return Target{{QStringLiteral("127.0.0.1")}, port};
    });
    QSignalSpy failed(&dialer, &Dialer::failed);
    std::unique_ptr<Channel> channel;
    connect(&dialer, &Dialer::opened, this, [&channel](Channel *opened) { channel.reset(opened); });
    dialer.start();
    QTRY_VERIFY(failed.count() >= 2);
    QCOMPARE(failed.at(0).at(0).value<Error>().code(), ErrorCode::Unavailable);
    WebSocketServer server(m_identity, anyone);
    port = listen(server).value();
    QTRY_VERIFY(channel);
}

void DialerTest::asksAgainWhereToDial()
{
    int asked = 0;
    Dialer dialer(m_identity, anyone, [&asked]() -> Result<Target> {
        ++asked;
        return fail(ErrorCode::NotFound, QStringLiteral("not yet"));
    });
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.start();
    QTRY_VERIFY(asked >= 3);
    QCOMPARE(failed.at(0).at(0).value<Error>().message(), QStringLiteral("not yet"));
    QVERIFY(failed.at(2).at(1).value<Milliseconds>() > failed.at(0).at(1).value<Milliseconds>());
}

void DialerTest::stopEndsTheRound()
{
    int asked = 0;
    Dialer dialer(m_identity, anyone, [&asked]() -> Result<Target> {
        ++asked;
        return fail(ErrorCode::NotFound, QStringLiteral("not yet"));
    });
    connect(&dialer, &Dialer::failed, this, [&dialer] { dialer.stop(); });
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.start();
    QVERIFY(failed.wait());
    QVERIFY(!dialer.isActive());
    QVERIFY(!failed.wait(300));
    QCOMPARE(asked, 1);
}

DROVER_TEST_MAIN(DialerTest)
#include "tst_dialer.moc"
