// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/link.h"

#include "protocol/messages/credit.h"
#include "protocol/messages/refused.h"
#include "session/outbox.h"
#include "support/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace drover {

class Q_DECL_HIDDEN Link::Private
{
public:
    Private(Link *owner, std::unique_ptr<Channel> link, LinkSettings options)
        : q(owner), channel(std::move(link)), settings(std::move(options))
    {}

    void sayHello();
    void receive(const QByteArray &frame);
    bool dispatch(const RawMessage &message); //!< false when the rest of the frame is not to be read
    void greet(const RawMessage &message);
    void allow(const RawMessage &message);
    Result<void> check(const RawMessage &message) const;
    void consumed(qsizetype bytes);
    void scheduleFlush();
    void pump();
    void beat();
    void sendAside(QByteArray frame);
    void finish(const Error &why);

    Link *q;
    std::unique_ptr<Channel> channel;
    LinkSettings settings;
    Inbox inbox;
    Hello peer;
    quint32 version = 0;
    Outbox outbox;
    QTimer timer;
    Error reason; //!< what refuse() or the peer's Refused said
    qint64 toGrant = 0;
    bool ready = false;
    bool open = true;
    bool closing = false;
    bool flushScheduled = false;
    bool congested = false;
    bool sentSinceBeat = false;
    int silentBeats = 0;
};

void Link::Private::sayHello()
{
    Hello hello;
    hello.minVersion = oldestProtocol;
    hello.maxVersion = newestProtocol;
    hello.party = settings.self;
    hello.name = settings.name;
    hello.incarnation = settings.incarnation;
    hello.software = QStringLiteral("drover ") + QCoreApplication::applicationVersion();
    hello.role = toString(settings.granted);
    QByteArray frame;
    encode(frame, hello);
    sendAside(frame);
}

void Link::Private::sendAside(QByteArray frame)
{
    sentSinceBeat = true;
    channel->send(std::move(frame));
}

Result<void> Link::Private::check(const RawMessage &message) const
{
    if (auto allowed = checkInbound(message.kind, peer.party, settings.self, message.item.size()); !allowed)
        return allowed;
    const LeastRole least = leastRole(message.kind, peer.party, settings.self);
    static constexpr Roles needed[] = {{}, Role::Observe, Role::Submit, Role::Work, Role::Admin};
    const Roles role = needed[size_t(least)];
    if (!role || settings.granted & Role::Admin || settings.granted & role)
        return {};
    if (least == LeastRole::Observe && settings.granted & Role::Submit)
        return {};
    return fail(
        ErrorCode::NotPermitted,
        QStringLiteral(
            "%1 needs the role \"%2\" here; this key has \"%3\". The other side can grant it with `drover trust add`.")
            .arg(toString(message.kind), roleName(least), toString(settings.granted)));
}

void Link::Private::receive(const QByteArray &frame)
{
    silentBeats = 0;
    const QPointer<Link> alive(q);
    FrameReader reader(frame);
    while (const auto message = reader.next()) {
        if (!dispatch(*message) || !alive || !open)
            return;
    }
    if (reader.failed())
        return q->refuse(reader.error());
    consumed(frame.size());
    if (!outbox.isEmpty())
        pump();
}

bool Link::Private::dispatch(const RawMessage &message)
{
    if (closing)
        return message.kind == Kind::Refused ? (allow(message), true) : true;
    if (!ready && message.kind != Kind::Refused) {
        greet(message);
        return true;
    }
    if (message.kind == Kind::Hello) {
        q->refuse(Error(ErrorCode::ProtocolError, QStringLiteral("Hello came a second time")));
        return false;
    }
    if (message.kind == Kind::Credit || message.kind == Kind::Refused) {
        allow(message);
        return true;
    }
    if (auto checked = check(message); !checked) {
        q->refuse(checked.error());
        return false;
    }
    if (inbox)
        inbox(message);
    return true;
}

void Link::Private::greet(const RawMessage &message)
{
    const auto hello = message.kind == Kind::Hello
        ? decode<Hello>(message)
        : Result<Hello>(
            fail(ErrorCode::ProtocolError, QStringLiteral("%1 came before Hello").arg(toString(message.kind))));
    if (!hello)
        return q->refuse(hello.error());
    peer = *hello;
    if (peer.minVersion > newestProtocol || peer.maxVersion < oldestProtocol)
        return q->refuse(
            Error(ErrorCode::VersionMismatch,
                  QStringLiteral("%1 speaks protocol %2 to %3, this side %4 to %5. Update the older of the two.")
                      .arg(peer.software)
                      .arg(peer.minVersion)
                      .arg(peer.maxVersion)
                      .arg(oldestProtocol)
                      .arg(newestProtocol)));
    if (!settings.peers.contains(peer.party))
        return q->refuse(
            Error(ErrorCode::ProtocolError,
                  QStringLiteral("A %1 cannot talk to a %2.").arg(toString(peer.party), toString(settings.self))));
    version = std::min(peer.maxVersion, newestProtocol);
    ready = true;
    timer.start(settings.heartbeat);
    Q_EMIT q->ready();
}

void Link::Private::allow(const RawMessage &message)
{
    if (message.kind == Kind::Credit) {
        const auto credit = decode<Credit>(message);
        if (!credit)
            return q->refuse(credit.error());
        outbox.grant(credit->bytes);
        return pump();
    }
    if (const auto refused = decode<Refused>(message))
        reason = Error(refused->code, refused->message);
}

void Link::Private::consumed(qsizetype bytes)
{
    toGrant += bytes;
    if (toGrant < Outbox::initialCredit / 4 || closing)
        return;
    Credit credit;
    credit.bytes = quint64(std::exchange(toGrant, 0));
    QByteArray frame;
    encode(frame, credit);
    sendAside(frame);
}

void Link::Private::scheduleFlush()
{
    if (std::exchange(flushScheduled, true))
        return;
    QMetaObject::invokeMethod(
        q,
        [this] {
            flushScheduled = false;
            pump();
        },
        Qt::QueuedConnection);
}

void Link::Private::pump()
{
    if (!ready || !open || closing)
        return;
    for (;;) {
        QByteArray frame = outbox.takeFrame(channel->bytesToSend());
        if (frame.isEmpty())
            break;
        sendAside(std::move(frame));
    }
    const bool now = outbox.controlSize() > Outbox::highMark;
    if (std::exchange(congested, now) && !now)
        Q_EMIT q->drained();
}

void Link::Private::beat()
{
    if (!ready)
        return q->refuse(
            Error(ErrorCode::Unavailable, QStringLiteral("%1 did not say hello in time").arg(channel->peerAddress())));
    if (++silentBeats > 3) {
        reason = Error(ErrorCode::Unavailable,
                       QStringLiteral("Nothing was heard of %1 for %2 s")
                           .arg(channel->peerAddress())
                           .arg(3 * settings.heartbeat.count() / 1000.0))
                     .setTransient();
        closing = true;
        return channel->abort();
    }
    if (std::exchange(sentSinceBeat, false) || closing)
        return;
    QByteArray frame;
    encode(frame, Credit{});
    channel->send(frame);
}

void Link::Private::finish(const Error &why)
{
    open = false;
    timer.stop();
    Q_EMIT q->closed(reason.code() != ErrorCode::None ? reason : why);
}

Link::Link(std::unique_ptr<Channel> channel, LinkSettings settings, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(channel), std::move(settings)))
{
    connect(d->channel.get(), &Channel::received, this, [this](const QByteArray &frame) { d->receive(frame); });
    connect(d->channel.get(), &Channel::sent, this, [this] { d->pump(); });
    connect(d->channel.get(), &Channel::closed, this, [this](const Error &why) { d->finish(why); });
    connect(&d->timer, &QTimer::timeout, this, [this] { d->beat(); });
    d->timer.start(d->settings.handshakeTimeout);
    d->sayHello();
}

Link::~Link() = default;

void Link::setInbox(Inbox inbox)
{
    d->inbox = std::move(inbox);
}

bool Link::isReady() const
{
    return d->ready && d->open && !d->closing;
}

const Hello &Link::peer() const
{
    return d->peer;
}

QByteArray Link::peerFingerprint() const
{
    return d->channel->peerFingerprint();
}

QString Link::peerAddress() const
{
    return d->channel->peerAddress();
}

quint32 Link::version() const
{
    return d->version;
}

Plane Link::planeOf(Kind kind)
{
    return kindInfo(kind)->plane;
}

QByteArray &Link::buffer(Plane plane)
{
    return d->outbox.buffer(plane);
}

void Link::appended(Plane plane, qsizetype start)
{
    d->outbox.appended(plane, start);
    if (!d->open || d->closing)
        return;
    d->congested = d->outbox.controlSize() > Outbox::highMark;
    if (d->outbox.isFull())
        d->pump();
    d->scheduleFlush();
}

void Link::flush()
{
    d->pump();
}

bool Link::isCongested() const
{
    return d->congested;
}

qint64 Link::unsent() const
{
    return d->outbox.size();
}

void Link::refuse(const Error &why)
{
    if (d->closing || !d->open)
        return;
    qCInfo(logSession).noquote() << d->channel->peerAddress() << "is refused:" << why.message();
    Refused refused;
    refused.code = why.code();
    refused.message = why.message();
    QByteArray frame;
    encode(frame, refused);
    d->sendAside(frame);
    d->reason = why;
    d->closing = true;
    d->channel->close(why.message().left(100));
}

void Link::close()
{
    if (d->closing || !d->open)
        return;
    d->pump();
    d->closing = true;
    d->channel->close();
}

} // namespace drover
