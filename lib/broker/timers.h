// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/id.h"

#include <queue>
#include <vector>

namespace drover {

//! Tasks by the time they are to be looked at, on one clock. An entry is only a reminder: whoever takes it judges the
//! task's own state.
template <typename Time> class Timers
{
public:
    void add(Time at, const TaskId &id) { m_entries.push({at, id}); }
    //! The next one that is due at \a now; nothing when there is none.
    std::optional<TaskId> takeDue(Time now)
    {
        if (m_entries.empty() || m_entries.top().at > now)
            return std::nullopt;
        const TaskId id = m_entries.top().id;
        m_entries.pop();
        return id;
    }
    std::optional<Time> next() const { return m_entries.empty() ? std::nullopt : std::optional(m_entries.top().at); }

private:
    struct Entry
    {
        Time at;
        TaskId id;
        friend bool operator<(const Entry &a, const Entry &b) { return a.at > b.at; }
    };
    std::priority_queue<Entry> m_entries;
};

} // namespace drover
