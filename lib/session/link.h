// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/message.h"
#include "protocol/messages/hello.h"
#include "support/clock.h"
#include "support/export.h"
#include "transport/channel.h"
#include "trust/roles.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace drover {

//! The protocol versions this program speaks.
inline constexpr quint32 oldestProtocol = 1;
inline constexpr quint32 newestProtocol = 1;

//! What one end of a link says of itself and allows the other.
struct LinkSettings
{
    Party self = Party::Client;
    QList<Party> peers; //!< whom it may meet
    QString name; //!< for people
    Id incarnation; //!< of this process
    Roles granted; //!< what the peer may do here; Admin where there is nothing to guard
    Milliseconds handshakeTimeout{10'000};
    Milliseconds heartbeat{10'000}; //!< something is sent at least this often; three times without anything = dead
};

//! A conversation in messages over a channel: the handshake, credits in both directions, small messages ahead of bulk.
//! All that is sent in one turn of the event loop leaves in one frame. Lives in the thread of its channel.
class DROVER_CORE_EXPORT Link : public QObject
{
    Q_OBJECT
public:
    using Inbox = std::function<void(const RawMessage &message)>;

    //! Takes the channel and says hello at once.
    Link(std::unique_ptr<Channel> channel, LinkSettings settings, QObject *parent = nullptr);
    ~Link() override;

    //! Who reads. Called for each message from ready() on, already checked for direction, size and role; it may destroy
    //! the link. Set it in the slot of ready() or before.
    void setInbox(Inbox inbox);
    bool isReady() const;
    //! What the peer said of itself; valid from ready() on.
    const Hello &peer() const;
    QByteArray peerFingerprint() const;
    QString peerAddress() const;
    //! The version both speak.
    quint32 version() const;

    //! Queues \a message; dropped when the link is not open. Before ready() it waits.
    template <Message M> void send(const M &message)
    {
        const Plane plane = planeOf(M::kind);
        QByteArray &frame = buffer(plane);
        const qsizetype start = frame.size();
        encode(frame, message);
        appended(plane, start);
    }
    //! Sends what is queued now instead of at the end of the turn.
    void flush();
    //! True while more is queued than the peer takes, bulk apart: hold back what can wait until drained().
    bool isCongested() const;
    //! Bytes that are queued here, bulk included.
    qint64 unsent() const;

    //! Tells the peer why, sends what is queued, and closes; closed() follows.
    void refuse(const Error &why);
    void close();

Q_SIGNALS:
    //! The handshake is done.
    void ready();
    //! isCongested() became false.
    void drained();
    //! Exactly once, nothing after it; why as in Channel::closed(), or what the peer gave as its reason.
    void closed(const drover::Error &why);

private:
    static Plane planeOf(Kind kind);
    QByteArray &buffer(Plane plane);
    void appended(Plane plane, qsizetype start);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
