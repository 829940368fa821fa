// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/queuesettings.h"

#include <QtCore/QString>

namespace drover {

//! What a broker knows of a queue at one moment.
struct QueueInfo
{
    QString name;
    quint64 pending = 0;
    quint64 running = 0;
    bool paused = false;
    QueueDurability durability = QueueDurability::Default; //!< as it applies: never Default
    QString pausedBy = {}; //!< as QueueSettings has it
    QString pausedWhy = {};
    qint64 pausedMs = 0;
    quint32 weight = 1;

    template <typename V> void fields(V &v)
    {
        v(name, pending, running, paused);
        v.later(durability, pausedBy, pausedWhy, pausedMs, weight);
    }
    friend bool operator==(const QueueInfo &, const QueueInfo &) = default;
};

} // namespace drover
