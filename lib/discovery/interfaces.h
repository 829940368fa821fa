// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtNetwork/QAbstractSocket>

namespace drover {

//! What the beacon needs to know of a network interface; a value, so that the choice can be tested.
struct Interface
{
    QString name;
    int index = 0;
    bool running = false; //!< up and with a carrier
    bool loopback = false;
    bool multicast = false;
    bool pointToPoint = false;
    bool hasIPv4 = false;
    bool hasIPv6 = false; //!< a link-local address counts

    friend bool operator==(const Interface &, const Interface &) = default;
};

//! One interface and one family: a place to send and listen at.
struct Outlet
{
    QString interfaceName;
    int index = 0;
    QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::IPv4Protocol;
    bool loopback = false;

    friend bool operator==(const Outlet &, const Outlet &) = default;
};

//! The interfaces of this machine as they are now.
DROVER_CORE_EXPORT QList<Interface> systemInterfaces();

//! Where to send and listen. \a wanted names interfaces, empty means each that can multicast, loopback included,
//! tunnels excluded; \a confinedTo, when not empty, leaves that one only. Loopback is IPv4 alone: IPv6 multicast
//! does not work on it.
DROVER_CORE_EXPORT QList<Outlet> chooseOutlets(const QList<Interface> &interfaces, const QStringList &wanted,
                                               const QString &confinedTo);

} // namespace drover
