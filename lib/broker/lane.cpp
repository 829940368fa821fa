// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/lane.h"

#include <algorithm>

namespace drover {

namespace {
constexpr size_t keptLines = 8;
}

Lane::Line &Lane::line(TaskClass *taskClass)
{
    for (Line &line : m_lines) {
        if (line.taskClass == taskClass)
            return line;
    }
    ++taskClass->users;
    return m_lines.emplace_back(Line{taskClass, {}});
}

void Lane::join(LiveTask *task)
{
    line(task->taskClass).tasks.join(task);
    task->waiting = true;
    ++m_waiting;
    task->taskClass->ready += !m_queue.paused;
}

void Lane::leave(LiveTask *task, ClassTable &classes)
{
    Line &line = this->line(task->taskClass);
    line.tasks.leave(task);
    task->waiting = false;
    --m_waiting;
    task->taskClass->ready -= !m_queue.paused;
    if (line.tasks.isEmpty() && m_lines.size() > keptLines) {
        std::swap(line, m_lines.back());
        m_lines.pop_back();
        classes.release(task->taskClass);
    }
}

void Lane::setReady(bool ready)
{
    for (const Line &line : m_lines) {
        if (ready)
            line.taskClass->ready += line.tasks.count();
        else
            line.taskClass->ready -= line.tasks.count();
    }
}

bool Lane::admitsNew(quint64 turn, qsizetype window)
{
    if (m_beyond > 0 || m_loading || m_waiting >= quint64(window))
        return false;
    m_loadedTo = turn + 1;
    return true;
}

void Lane::addBeyond()
{
    ++m_beyond;
    m_addedSince += m_loading;
}

void Lane::leaveBeyond(const TaskId &id)
{
    takeFromBeyond();
    noteGone(id);
}

void Lane::startLoading()
{
    m_loading = true;
    m_askedTo = m_nextTurn;
    m_addedSince = 0;
}

void Lane::countLoaded(const QList<StoredTask> &loaded)
{
    if (!loaded.isEmpty())
        m_loadedTo = qMax(m_loadedTo, loaded.last().place.turn + 1);
    if (loaded.size() < m_limit) {
        // all that was on disk when it was asked for has come, and perhaps some that was added since
        const auto early = std::count_if(loaded.begin(), loaded.end(),
                                         [this](const StoredTask &task) { return task.place.turn >= m_askedTo; });
        m_beyond = m_addedSince - qMin(m_addedSince, quint64(early));
        m_loadedTo = qMax(m_loadedTo, m_askedTo);
    }
    m_loading = false;
    m_gone.clear();
}

void Lane::recover(quint64 queued, quint64 nextTurn, const QList<StoredTask> &window)
{
    m_nextTurn = qMax<quint64>(nextTurn, 1);
    m_beyond = queued - qMin(queued, quint64(window.size()));
    m_loadedTo = m_beyond && !window.isEmpty() ? window.last().place.turn + 1 : m_beyond ? 1 : m_nextTurn;
}

} // namespace drover
