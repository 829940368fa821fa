// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/multicastsocket.h"

namespace drover {

// Winsock refuses to bind to a group; the interface index of each datagram sorts out the rest.
QHostAddress multicastBindAddress(const QHostAddress &, const Outlet &outlet)
{
    return outlet.family == QAbstractSocket::IPv4Protocol ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6;
}

} // namespace drover
