// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/livetask.h"

#include <deque>

namespace drover {

//! The waiting tasks of one class in one lane, by turn. Joining at either end and leaving the front are constant time;
//! leaving elsewhere is a search.
class WaitingLine
{
public:
    void join(LiveTask *task);
    void leave(LiveTask *task);
    LiveTask *front() const { return m_tasks.empty() ? nullptr : m_tasks.front().task; }
    bool isEmpty() const { return m_tasks.empty(); }
    quint64 count() const { return m_count; }

private:
    struct Entry
    {
        quint64 turn = 0;
        LiveTask *task = nullptr; //!< null: it left
    };
    std::deque<Entry>::iterator at(quint64 turn);

    quint64 m_count = 0;
    std::deque<Entry> m_tasks; // the first and the last entry are never null
};

} // namespace drover
