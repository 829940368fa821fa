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

    template <typename V> void fields(V &v)
    {
        v(name, pending, running, paused);
        v.later(durability);
    }
    friend bool operator==(const QueueInfo &, const QueueInfo &) = default;
};

} // namespace drover
