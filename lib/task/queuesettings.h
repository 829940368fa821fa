// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QString>

#include <optional>

namespace drover {

//! What the acknowledgements of a queue wait for. The values reach the wire and the disk: never renumber.
enum class QueueDurability : quint8 {
    Default = 0, //!< as the broker was started
    Disk = 1, //!< for the sync: what was acknowledged survives power loss
    Process = 2, //!< for the write: it survives kill -9 of every process
    Memory = 3, //!< for nothing: it is written with what follows, and nothing is promised
};

//! "default", "disk", "process", "memory".
DROVER_CORE_EXPORT QString toString(QueueDurability durability);
//! Reads what toString() writes; nothing for other text.
DROVER_CORE_EXPORT std::optional<QueueDurability> queueDurabilityFromString(QStringView text);

//! What people have set for a queue. A value.
struct QueueSettings
{
    QString name;
    QueueDurability durability = QueueDurability::Default;

    template <typename V> void fields(V &v) { v(name, durability); }
    friend bool operator==(const QueueSettings &, const QueueSettings &) = default;
};

//! What a broker does with its store while it runs. The values reach the wire: never renumber.
enum class Maintenance : quint8 {
    Backup = 1, //!< writes a consistent copy to a path on its machine
    Compact = 2, //!< gives unused pages back
};

//! Sizes in bytes of the file before and after; of a backup the size of the copy.
struct MaintenanceResult
{
    quint64 bytesBefore = 0;
    quint64 bytesAfter = 0;

    template <typename V> void fields(V &v) { v(bytesBefore, bytesAfter); }
    friend bool operator==(const MaintenanceResult &, const MaintenanceResult &) = default;
};

} // namespace drover
