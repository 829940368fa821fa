// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/messages.h"
#include "session/link.h"
#include "session/outbox.h"
#include "testing/main.h"
#include "transport/memorychannel.h"

#include <QtTest/QSignalSpy>

using namespace drover;

namespace {

LinkSettings settingsOf(Party self, QList<Party> peers, Roles granted = Role::Admin)
{
    LinkSettings settings;
    settings.self = self;
    settings.peers = std::move(peers);
    settings.name = toString(self);
    settings.incarnation = IdGenerator().next();
    settings.granted = granted;
    return settings;
}

//! One end under test with the kinds that arrived and how it ended.
struct End
{
    End(std::unique_ptr<Channel> channel, const LinkSettings &settings)
        : link(std::make_unique<Link>(std::move(channel), settings))
    {
        QObject::connect(link.get(), &Link::ready, link.get(), [this] { ready = true; });
        QObject::connect(link.get(), &Link::closed, link.get(), [this](const Error &error) {
            ++closedCount;
            why = error;
        });
        link->setInbox([this](const RawMessage &message) { kinds.append(toString(message.kind)); });
    }
    std::unique_ptr<Link> link;
    QStringList kinds;
    bool ready = false;
    int closedCount = 0;
    Error why;
};

QByteArray helloOf(quint32 from, quint32 to, Party party = Party::Client)
{
    Hello hello;
    hello.minVersion = from;
    hello.maxVersion = to;
    hello.party = party;
    QByteArray frame;
    encode(frame, hello);
    return frame;
}

} // namespace

class LinkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothGreetAndTalk();
    void whatWasSentBeforeTheGreetingArrivesAfterIt();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void aMessageWithoutTheRoleIsRefused();
    void theReasonOfARefusalReachesThePeer();
    void creditFlowsBack();
    void aSilentPeerIsGivenUp();
    void theInboxMayDestroyTheLink();
    void aClosedChannelEndsTheLinkOnce();
};

void LinkTest::bothGreetAndTalk()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client, Party::Worker}));
    QTRY_VERIFY(client.ready && broker.ready);
    QCOMPARE(broker.link->peer().party, Party::Client);
    QCOMPARE(client.link->version(), newestProtocol);
    client.link->send(ShowBroker{1});
    client.link->send(Describe{2, {}});
    broker.link->send(Settled{});
    QTRY_COMPARE(broker.kinds, (QStringList{QStringLiteral("ShowBroker"), QStringLiteral("Describe")}));
    QTRY_COMPARE(client.kinds, QStringList{QStringLiteral("Settled")});
}

void LinkTest::whatWasSentBeforeTheGreetingArrivesAfterIt()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    client.link->send(ShowBroker{1});
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
    QTRY_COMPARE(broker.kinds, QStringList{QStringLiteral("ShowBroker")});
}

void LinkTest::garbageIsRefused_data()
{
    QByteArray wrongWay = helloOf(1, 1);
    encode(wrongWay, Settled{});
    QByteArray early;
    encode(early, ShowBroker{1});
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no CBOR") << QByteArray("\xff\x00garbage", 9) << ErrorCode::ProtocolError;
    QTest::newRow("text") << QByteArray("GET / HTTP/1.1") << ErrorCode::ProtocolError;
    QTest::newRow("cut hello") << helloOf(1, 1).chopped(3) << ErrorCode::ProtocolError;
    QTest::newRow("a message before hello") << early << ErrorCode::ProtocolError;
    QTest::newRow("a message of a broker from a client") << wrongWay << ErrorCode::ProtocolError;
    QTest::newRow("two hellos") << helloOf(1, 1) + helloOf(1, 1) << ErrorCode::ProtocolError;
    QTest::newRow("too new") << helloOf(newestProtocol + 1, newestProtocol + 9) << ErrorCode::VersionMismatch;
    QTest::newRow("too old") << helloOf(0, 0) << ErrorCode::VersionMismatch;
    QTest::newRow("an executor") << helloOf(1, 1, Party::Executor) << ErrorCode::ProtocolError;
}

void LinkTest::garbageIsRefused()
{
    QFETCH(QByteArray, frame);
    QFETCH(ErrorCode, code);
    auto [one, two] = makeMemoryPair();
    QSignalSpy closed(one.get(), &Channel::closed);
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
    one->send(frame);
    QTRY_COMPARE(broker.closedCount, 1);
    QCOMPARE(broker.why.code(), code);
    QVERIFY(!broker.why.message().isEmpty());
    QVERIFY(broker.kinds.isEmpty());
    QTRY_COMPARE(closed.count(), 1);
}

void LinkTest::aMessageWithoutTheRoleIsRefused()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}, Role::Observe));
    QTRY_VERIFY(client.ready);
    client.link->send(ShowBroker{1});
    QTRY_COMPARE(broker.kinds.size(), 1);
    client.link->send(Cancel{});
    QTRY_COMPARE(client.closedCount, 1);
    QCOMPARE(client.why.code(), ErrorCode::NotPermitted);
    QVERIFY(client.why.message().contains(QLatin1String("submit")));
    QCOMPARE(broker.kinds.size(), 1);
}

void LinkTest::theReasonOfARefusalReachesThePeer()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
    QTRY_VERIFY(client.ready && broker.ready);
    broker.link->refuse(Error(ErrorCode::NotTrusted, QStringLiteral("because")));
    QTRY_COMPARE(client.closedCount, 1);
    QCOMPARE(client.why.code(), ErrorCode::NotTrusted);
    QCOMPARE(client.why.message(), QStringLiteral("because"));
    QTRY_COMPARE(broker.closedCount, 1);
}

void LinkTest::creditFlowsBack()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
    QTRY_VERIFY(client.ready && broker.ready);
    Submit submit;
    submit.function = QStringLiteral("f");
    submit.arguments = Payload::cbor(QByteArray(1024 * 1024, 'x'));
    const int count = 3 * Outbox::initialCredit / (1024 * 1024);
    for (int i = 0; i < count; ++i)
        client.link->send(submit);
    QVERIFY(client.link->isCongested());
    QSignalSpy drained(client.link.get(), &Link::drained);
    QTRY_COMPARE(broker.kinds.size(), count);
    QVERIFY(!client.link->isCongested());
    QCOMPARE(drained.count(), 1);
}

void LinkTest::aSilentPeerIsGivenUp()
{
    auto [one, two] = makeMemoryPair();
    LinkSettings settings = settingsOf(Party::Broker, {Party::Client});
    settings.heartbeat = Milliseconds(20);
    End broker(std::move(two), settings);
    one->send(helloOf(1, 1));
    QTRY_VERIFY(broker.ready);
    QTRY_COMPARE(broker.closedCount, 1);
    QCOMPARE(broker.why.code(), ErrorCode::Unavailable);
    QVERIFY(broker.why.isTransient());
}

void LinkTest::theInboxMayDestroyTheLink()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
    QTRY_VERIFY(client.ready && broker.ready);
    broker.link->setInbox([&broker](const RawMessage &) { broker.link.reset(); });
    client.link->send(ShowBroker{1});
    client.link->send(ShowBroker{2});
    QTRY_VERIFY(!broker.link);
    QTRY_COMPARE(client.closedCount, 1);
}

void LinkTest::aClosedChannelEndsTheLinkOnce()
{
    auto [one, two] = makeMemoryPair();
    End client(std::move(one), settingsOf(Party::Client, {Party::Broker}));
    {
        End broker(std::move(two), settingsOf(Party::Broker, {Party::Client}));
        QTRY_VERIFY(client.ready && broker.ready);
    }
    QTRY_COMPARE(client.closedCount, 1);
    QCOMPARE(client.why.code(), ErrorCode::Unavailable);
    client.link->send(ShowBroker{1});
    client.link->close();
    QCoreApplication::processEvents();
    QCOMPARE(client.closedCount, 1);
}

DROVER_TEST_MAIN(LinkTest)
#include "tst_link.moc"
