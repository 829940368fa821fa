// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace drover {

//! Where the per-user broker of a home listens, as it left it in `<home>/broker.json`. A value.
struct DROVER_CLIENT_EXPORT BrokerAddress
{
    QString host;
    quint16 port = 0;
    QByteArray fingerprint;
    qint64 pid = 0;

    bool operator==(const BrokerAddress &) const = default;

    static QString file(const QString &home);
    //! NotFound when no broker has left its address; StorageFailed when the file is damaged.
    static Result<BrokerAddress> read(const QString &home);
    Result<void> write(const QString &home) const;
    //! Takes the file away if it is still that of the process \a pid.
    static void remove(const QString &home, qint64 pid);
};

} // namespace drover
