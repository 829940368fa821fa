// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "support/export.h"
#include "transport/channel.h"
#include "transport/tls.h"

#include <QtNetwork/QHostAddress>

#include <memory>

namespace drover {

//! The WebSocket subprotocol of all sessions.
inline constexpr char subprotocol[] = "drover.1";

//! Takes sessions from the network: mutual TLS 1.3, the judge's verdict right after the handshake, then the WebSocket
//! upgrade. Peers that are refused, break the format or are slow (handshakeTimeout) are closed; others do not notice.
//! Lives in one thread with an event loop; not to be destroyed inside its own signals (deleteLater() is).
class DROVER_CORE_EXPORT WebSocketServer : public QObject
{
    Q_OBJECT
public:
    //! At most so many connections may be on their way to a session; more are closed at once.
    static constexpr int maxUnjudged = 64;

    WebSocketServer(TlsIdentity identity, Judge judge, QObject *parent = nullptr);
    //! Open channels live on.
    ~WebSocketServer() override;

    //! From the TCP connection to the end of the upgrade; 10 s if not set. For connections that come later.
    void setHandshakeTimeout(Milliseconds timeout);

    //! Listens on \a port, or a free one, and returns it. With `$DROVER_INTERFACE` set the address must be of that
    //! interface, and Any means its addresses. Unavailable when the port is taken.
    Result<quint16> listen(const QHostAddress &address, quint16 port = 0);
    //! Accepts no more connections; open channels live on.
    void stop();
    //! Whether connections are on their way to a session.
    bool hasGuests() const;
    //! 0 when not listening.
    quint16 port() const;

Q_SIGNALS:
    //! The receiver owns \a channel, and connects to its signals in this slot.
    void accepted(drover::Channel *channel);
    //! \a fingerprint is empty when the peer showed none; \a why is NotTrusted for a key that the judge refused.
    void refused(const QByteArray &fingerprint, const QString &address, const drover::Error &why);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
