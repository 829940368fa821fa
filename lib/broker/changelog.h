// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/livetask.h"

#include <QtCore/QSet>

namespace drover {

//! What changed since it was last asked for, bounded.
class ChangeLog
{
public:
    static constexpr qsizetype bound = 65536; //!< tasks; beyond it a reader starts again from a snapshot

    void task(LiveTask &task)
    {
        if (task.changed || m_overflow)
            return;
        task.changed = true;
        gone(task.id());
    }
    //! A task that leaves memory.
    void gone(const TaskId &id)
    {
        if (m_tasks.size() < bound)
            m_tasks.append(id);
        else
            m_overflow = true;
    }
    //! Something that many tasks wait for.
    void allTasks() { m_overflow = true; }
    void worker(const QByteArray &fingerprint) { m_workers.insert(fingerprint); }
    void queue(const QString &name) { m_queues.insert(name); }

    QList<TaskId> takeTasks() { return std::exchange(m_tasks, {}); }
    QList<QByteArray> takeWorkers() { return std::exchange(m_workers, {}).values(); }
    QStringList takeQueues() { return std::exchange(m_queues, {}).values(); }
    bool takeOverflow() { return std::exchange(m_overflow, false); }

private:
    QList<TaskId> m_tasks;
    QSet<QByteArray> m_workers;
    QSet<QString> m_queues;
    bool m_overflow = false;
};

} // namespace drover
