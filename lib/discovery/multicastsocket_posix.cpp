// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/multicastsocket.h"

namespace drover {

QHostAddress multicastBindAddress(const QHostAddress &group, const Outlet &outlet)
{
    QHostAddress address = group;
    if (outlet.family == QAbstractSocket::IPv6Protocol)
        address.setScopeId(outlet.interfaceName);
    return address;
}

} // namespace drover
