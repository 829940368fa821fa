// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/announcement.h"
#include "support/fingerprint.h"

namespace drover {

//! A worker's announcement that differs with \a number.
inline Announcement announcementOf(quint8 number, const QString &name = QStringLiteral("wren"))
{
    Announcement announcement;
    announcement.service = QStringLiteral("worker");
    announcement.name = name;
    announcement.fingerprint = QByteArray(fingerprintSize, char(number));
    announcement.incarnation = Id({number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, number});
    announcement.port = quint16(4000 + number);
    announcement.protocolVersion = 1;
    return announcement;
}

} // namespace drover
