// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/waitingline.h"

#include <algorithm>

namespace drover {

std::deque<WaitingLine::Entry>::iterator WaitingLine::at(quint64 turn)
{
    return std::lower_bound(m_tasks.begin(), m_tasks.end(), turn,
                            [](const Entry &entry, quint64 t) { return entry.turn < t; });
}

void WaitingLine::join(LiveTask *task)
{
    const quint64 turn = task->stored.place.turn;
    ++m_count;
    if (m_tasks.empty() || turn > m_tasks.back().turn) {
        m_tasks.push_back({turn, task});
        return;
    }
    const auto place = at(turn);
    if (place->turn == turn)
        place->task = task;
    else
        m_tasks.insert(place, {turn, task});
}

void WaitingLine::leave(LiveTask *task)
{
    const auto place = at(task->stored.place.turn);
    Q_ASSERT(place != m_tasks.end() && place->task == task);
    place->task = nullptr;
    --m_count;
    while (!m_tasks.empty() && !m_tasks.front().task)
        m_tasks.pop_front();
    while (!m_tasks.empty() && !m_tasks.back().task)
        m_tasks.pop_back();
}

} // namespace drover
