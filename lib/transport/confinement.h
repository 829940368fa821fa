// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QList>
#include <QtNetwork/QHostAddress>

//! `$DROVER_INTERFACE` keeps all sockets on one interface. Errors are NotPermitted and name the variable.
namespace drover {

//! The addresses to listen on for \a address: itself, or, when confined, itself if it is of the interface; for Any,
//! AnyIPv4 and AnyIPv6 those of the interface.
Result<QList<QHostAddress>> listenAddresses(const QHostAddress &address);

//! Whether \a host may be dialled. When confined it must be an address in a network of the interface, or "localhost"
//! with a loopback interface: other names are not looked up, because asking sends packets.
Result<void> checkTarget(const QString &host);

} // namespace drover
