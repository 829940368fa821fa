// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/id.h"
#include "task/signature.h"

#include <QtCore/QStringList>

namespace drover {

//! What a broker knows of a worker at one moment.
struct WorkerInfo
{
    QString name;
    QString fingerprint; //!< of its key, as printed
    QString address; //!< host:port
    Id incarnation; //!< of this run of its agent
    quint32 slots = 0;
    quint32 busy = 0; //!< slots taken
    QStringList tags;
    QList<Signature> functions; //!< in tables only their names are filled
    bool connected = false;
    qint64 sinceMs = 0; //!< of the last change of `connected`; milliseconds since 1970 in UTC
    quint64 done = 0; //!< tasks finished in this incarnation

    template <typename V> void fields(V &v)
    {
        v(name, fingerprint, address, incarnation, slots, busy, tags, functions, connected, sinceMs, done);
    }
    friend bool operator==(const WorkerInfo &, const WorkerInfo &) = default;
};

} // namespace drover
