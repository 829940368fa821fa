// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/announcement.h"
#include "support/export.h"

#include <QtCore/QMetaType>
#include <QtCore/QStringList>

namespace drover {

//! A process that can be connected to, as far as is known without asking it. A value.
struct DROVER_CORE_EXPORT Peer
{
    QString service; //!< "worker" or "broker"; of a given address what the giver said
    QString name; //!< for people; of a given address "host:port"
    QByteArray fingerprint; //!< 32 bytes; empty when unknown (a given address)
    Id incarnation; //!< null when unknown
    quint16 port = 0;
    quint32 protocolVersion = 0; //!< 0 when unknown
    QStringList hosts; //!< names or addresses (fe80::1%eth0), the best to try first
    bool given = false; //!< given by hand: it is never known to be alive, and never vanishes

    //! Equal for the same run of the same process, whichever source found it.
    QByteArray key() const;

    friend bool operator==(const Peer &, const Peer &) = default;
};

//! What \a announcement, heard from \a host, says of its sender.
DROVER_CORE_EXPORT Peer toPeer(const Announcement &announcement, const QString &host);

//! Sorts and removes doubles: loopback, other IPv4, names, global IPv6, link-local.
DROVER_CORE_EXPORT QStringList orderedHosts(QStringList hosts);

//! Splits "host:port", "[v6]:port" or "v6%eth0" without port (then \a defaultPort); InvalidArgument says what is wrong.
DROVER_CORE_EXPORT Result<Peer> peerFromAddress(const QString &text, const QString &service, quint16 defaultPort = 0);

} // namespace drover

Q_DECLARE_METATYPE(drover::Peer)
