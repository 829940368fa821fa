// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "timeline.h"

namespace drover::simulation {

bool Timeline::step(MonotonicTime end)
{
    if (m_entries.empty() || m_entries.top().time > end) {
        m_now = std::max(m_now, end);
        return false;
    }
    Event event = std::move(const_cast<Entry &>(m_entries.top()).event); // it is popped at once
    m_now = m_entries.top().time;
    m_entries.pop();
    event();
    return true;
}

} // namespace drover::simulation
