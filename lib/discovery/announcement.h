// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/id.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace drover {

//! What a process says about itself on the LAN: a hint where to connect, never a ground for trust.
//! A value; it reads and writes the datagram of the beacon and is as well what other sources are told to announce.
struct DROVER_CORE_EXPORT Announcement
{
    static constexpr qsizetype maxDatagram = 1200; //!< bytes; fits each path without fragments
    static constexpr qsizetype maxName = 64; //!< UTF-16 units
    static constexpr qsizetype maxService = 15; //!< characters, as DNS-SD has it

    QString service; //!< "worker" or "broker" (a-z, 0-9, -); empty when only asking
    QString name; //!< for people; control characters are removed
    QByteArray fingerprint; //!< SHA-256 of the certificate, fingerprintSize bytes
    Id incarnation; //!< one run of the process
    quint16 port = 0; //!< of its WebSocket server
    quint32 protocolVersion = 0; //!< the newest it speaks
    bool goodbye = false; //!< it is about to end
    bool query = false; //!< who hears it shall announce itself soon

    //! True when it names a peer, not only asks.
    bool namesPeer() const { return !service.isEmpty(); }

    //! The datagram, a CBOR array: ["drover", 1, flags (1 goodbye, 2 query), service, name, fingerprint, incarnation,
    //! port, protocol version]. Longer names are cut to maxName.
    QByteArray toBytes() const;
    //! Reads a datagram. ProtocolError when it is not one, with what is wrong with it; TooLarge over maxDatagram;
    //! VersionMismatch for a later format. Items after the last known one are skipped.
    static Result<Announcement> fromBytes(const QByteArray &datagram);

    friend bool operator==(const Announcement &, const Announcement &) = default;
};

//! \a text without control, format and line-separating characters, cut to Announcement::maxName.
DROVER_CORE_EXPORT QString cleanName(const QString &text);

} // namespace drover
