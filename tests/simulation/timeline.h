// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"

#include <functional>
#include <queue>
#include <vector>

namespace drover::simulation {

//! Virtual time: what is to happen, in order. Nothing else makes time go on.
class Timeline
{
public:
    using Event = std::function<void()>;

    MonotonicTime now() const { return m_now; }
    void at(MonotonicTime time, Event event) { m_entries.push({std::max(time, m_now), ++m_last, std::move(event)}); }
    //! Lets the next thing happen, if there is one until \a end; else it is \a end.
    bool step(MonotonicTime end);

private:
    struct Entry
    {
        MonotonicTime time;
        quint64 number; // what was planned first happens first
        Event event;
        friend bool operator<(const Entry &a, const Entry &b)
        {
            return a.time != b.time ? a.time > b.time : a.number > b.number;
        }
    };
    MonotonicTime m_now{std::chrono::hours(1)};
    quint64 m_last = 0;
    std::priority_queue<Entry> m_entries;
};

} // namespace drover::simulation
