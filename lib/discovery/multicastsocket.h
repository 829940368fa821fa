// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/interfaces.h"
#include "support/result.h"

#include <QtCore/QObject>
#include <QtNetwork/QHostAddress>

#include <memory>

namespace drover {

//! A UDP socket that sends to and hears one group on one interface, in one family, and nothing else:
//! it is bound to the group's own address where the system can, and drops what came in elsewhere.
//! Datagrams go one hop; other processes of this machine hear them, too.
class MulticastSocket : public QObject
{
    Q_OBJECT

public:
    explicit MulticastSocket(Outlet outlet, QObject *parent = nullptr);
    ~MulticastSocket() override;

    //! Binds and joins. Unavailable (transient) with the interface and what the system said.
    Result<void> open(quint16 port);
    //! Sends at once, without a queue.
    Result<void> send(const QByteArray &datagram);

    const Outlet &outlet() const;
    //! The beacon's group: 239.255.100.118 or ff12::6472:6f76 (link-local, not registered).
    static QHostAddress group(QAbstractSocket::NetworkLayerProtocol family);

Q_SIGNALS:
    //! \a host is the sender's address, with the interface where an IPv6 one needs it.
    void received(const QByteArray &datagram, const QString &host);

private:
    void read();

    struct Private;
    std::unique_ptr<Private> d;
};

//! What to bind to, to hear \a group on \a outlet and as little else as the system can do.
QHostAddress multicastBindAddress(const QHostAddress &group, const Outlet &outlet);

} // namespace drover
