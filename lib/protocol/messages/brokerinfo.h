// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Answers ShowBroker.
struct BrokerInfo
{
    static constexpr Kind kind = Kind::BrokerInfo;

    quint64 request = 0;
    QString name;
    QString version;
    QString store; //!< the file
    QString durability; //!< "disk", ...
    QString log; //!< the file
    Id incarnation;
    quint64 epoch = 0;
    quint64 queued = 0; //!< tasks
    quint64 running = 0;
    quint64 finished = 0; //!< since the store was made
    quint32 workers = 0; //!< connected
    quint32 slots = 0; //!< that those offer
    qint64 startedMs = 0; //!< UTC
    qint64 pid = 0;

    bool operator==(const BrokerInfo &) const = default;

    template <typename V> void fields(V &v)
    {
        v(request, name, version, store, durability, log, incarnation, epoch, queued, running, finished, workers, slots,
          startedMs, pid);
    }
};

} // namespace drover
