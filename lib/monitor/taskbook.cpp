// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "monitor/taskbook.h"

#include "protocol/rows.h"

namespace drover {

void TaskBook::reset(const QList<TaskInfo> &tasks)
{
    m_truncated = false;
    QSet<QByteArray> here;
    for (const TaskInfo &task : tasks)
        here.insert(rowKey(task));
    const QSet<QByteArray> before = m_live;
    for (const QByteArray &id : before) {
        if (!here.contains(id))
            leave(id);
    }
    for (const TaskInfo &task : tasks)
        put(task);
}

void TaskBook::put(const TaskInfo &task)
{
    const QByteArray id = rowKey(task);
    if (isFinal(task.state)) {
        learn(task);
        return;
    }
    if (const TaskInfo *known = m_rows.find(id); known && isFinal(known->state))
        return;
    if (!m_live.contains(id) && m_live.size() >= m_limits.live) {
        m_truncated = true;
        m_rows.remove(id);
        return;
    }
    m_live.insert(id);
    m_rows.put(id, task);
}

void TaskBook::leave(const QByteArray &id)
{
    m_live.remove(id);
    if (const TaskInfo *task = m_rows.find(id); task && isFinal(task->state))
        return;
    m_left.append(id);
    while (m_left.size() > m_limits.asked)
        forget(m_left.takeFirst());
}

void TaskBook::learn(const TaskInfo &task)
{
    const QByteArray id = rowKey(task);
    if (!isFinal(task.state)) {
        put(task);
        return;
    }
    m_live.remove(id);
    const TaskInfo *known = m_rows.find(id);
    if (!known || !isFinal(known->state))
        addEnded(id);
    m_rows.put(id, task);
}

void TaskBook::addEnded(const QByteArray &id)
{
    m_ended.append(id);
    while (m_ended.size() > m_limits.ended)
        m_rows.remove(m_ended.takeFirst());
}

void TaskBook::forget(const QByteArray &id)
{
    const TaskInfo *task = m_rows.find(id);
    if (task && !m_live.contains(id) && !isFinal(task->state))
        m_rows.remove(id);
}

QList<TaskId> TaskBook::takeLeft()
{
    QList<TaskId> ids;
    for (const QByteArray &id : std::exchange(m_left, {})) {
        const auto task = TaskId::fromBytes(id);
        if (task && !m_live.contains(id))
            ids.append(*task);
    }
    return ids;
}

} // namespace drover
