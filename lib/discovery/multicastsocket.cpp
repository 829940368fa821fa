// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/multicastsocket.h"

#include "discovery/announcement.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QNetworkDatagram>
#include <QtNetwork/QNetworkInterface>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QUdpSocket>

namespace drover {

struct Q_DECL_HIDDEN MulticastSocket::Private
{
    Outlet outlet;
    QHostAddress group;
    quint16 port = 0;
    QUdpSocket socket;

    Unexpected<Error> failure(const QString &action) const
    {
        const QString family =
            outlet.family == QAbstractSocket::IPv4Protocol ? QStringLiteral("IPv4") : QStringLiteral("IPv6");
        return fail(Error(ErrorCode::Unavailable,
                          MulticastSocket::tr("Cannot %1 on %2 (%3, UDP port %4): %5")
                              .arg(action, outlet.interfaceName, family, QString::number(port), socket.errorString()))
                        .setTransient());
    }
    bool join()
    {
        const QNetworkInterface card = QNetworkInterface::interfaceFromIndex(outlet.index);
        socket.setSocketOption(QAbstractSocket::MulticastTtlOption, 1);
        socket.setSocketOption(QAbstractSocket::MulticastLoopbackOption, 1);
        socket.setMulticastInterface(card);
        return socket.joinMulticastGroup(group, card);
    }
};

MulticastSocket::MulticastSocket(Outlet outlet, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->group = group(outlet.family);
    d->outlet = std::move(outlet);
    // or Qt asks the system, whose answer may take a thread and packets to other machines
    d->socket.setProxy(QNetworkProxy::NoProxy);
    connect(&d->socket, &QUdpSocket::readyRead, this, &MulticastSocket::read);
}

MulticastSocket::~MulticastSocket() = default;

Result<void> MulticastSocket::open(quint16 port)
{
    d->port = port;
    const QHostAddress address = multicastBindAddress(d->group, d->outlet);
    if (!d->socket.bind(address, port, QUdpSocket::ShareAddress | QUdpSocket::ReuseAddressHint))
        return d->failure(tr("listen"));
    if (!d->join())
        return d->failure(tr("join the group"));
    return {};
}

Result<void> MulticastSocket::send(const QByteArray &datagram)
{
    if (d->socket.writeDatagram(datagram, d->group, d->port) != datagram.size())
        return d->failure(tr("send"));
    return {};
}

const Outlet &MulticastSocket::outlet() const
{
    return d->outlet;
}

QHostAddress MulticastSocket::group(QAbstractSocket::NetworkLayerProtocol family)
{
    return QHostAddress(family == QAbstractSocket::IPv4Protocol ? QStringLiteral("239.255.100.118")
                                                                : QStringLiteral("ff12::6472:6f76"));
}

void MulticastSocket::read()
{
    while (d->socket.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = d->socket.receiveDatagram(Announcement::maxDatagram + 1);
        // The system may hand over what other sockets of the machine joined on their interfaces.
        const bool isOurs = datagram.interfaceIndex() == 0 || int(datagram.interfaceIndex()) == d->outlet.index;
        if (datagram.isValid() && isOurs)
            Q_EMIT received(datagram.data(), datagram.senderAddress().toString());
    }
}

} // namespace drover
