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
    static constexpr quint32 greatestWeight = 1000;

    QString name;
    QueueDurability durability = QueueDurability::Default;
    bool paused = false; //!< its tasks are not given to workers; those that run go on
    QString pausedBy = {}; //!< name of who did it
    QString pausedWhy = {}; //!< often empty
    qint64 pausedMs = 0; //!< when; milliseconds since 1970 in UTC
    quint32 weight = 1; //!< its share beside other queues with waiting tasks, from 1 to greatestWeight

    template <typename V> void fields(V &v)
    {
        v(name, durability);
        v.later(paused, pausedBy, pausedWhy, pausedMs, weight);
    }
    friend bool operator==(const QueueSettings &, const QueueSettings &) = default;
};

//! What is to change about a queue: `QueueChange().pause("disks are full").weight(3)`; what is not given stays. A value.
class QueueChange
{
public:
    QueueChange() {}

    QueueChange &durability(QueueDurability value)
    {
        m_durability = value;
        return *this;
    }
    //! \a why is shown to everybody who waits.
    QueueChange &pause(const QString &why = {})
    {
        m_paused = true;
        m_why = why;
        return *this;
    }
    QueueChange &resume()
    {
        m_paused = false;
        m_why.clear();
        return *this;
    }
    //! From 1 to QueueSettings::greatestWeight.
    QueueChange &weight(quint32 share)
    {
        m_weight = share;
        return *this;
    }

    std::optional<QueueDurability> durability() const { return m_durability; }
    std::optional<bool> paused() const { return m_paused; }
    const QString &why() const { return m_why; }
    std::optional<quint32> weight() const { return m_weight; }

    //! What travels, in wire order.
    template <typename V> void fields(V &v)
    {
        v(m_durability);
        v.later(m_paused, m_why, m_weight);
    }
    friend bool operator==(const QueueChange &, const QueueChange &) = default;

private:
    std::optional<QueueDurability> m_durability;
    std::optional<bool> m_paused;
    QString m_why;
    std::optional<quint32> m_weight;
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
