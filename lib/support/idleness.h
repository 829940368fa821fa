// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"

#include <optional>

namespace drover {

//! Says when something has had nothing to do for long enough. Pure: it is told of changes, and asked. A value.
class Idleness
{
public:
    //! \a limit: how long; zero means for ever.
    explicit Idleness(Milliseconds limit = Milliseconds::zero()) : m_limit(limit) {}

    bool isEnabled() const { return m_limit > Milliseconds::zero(); }
    //! To be told at the start, and after whatever may have changed it. Work, however short, starts the time anew.
    void update(bool busy, MonotonicTime now)
    {
        if (busy)
            m_since.reset();
        else if (!m_since)
            m_since = now;
    }
    //! When it will be over unless work comes; nothing while there is work, or no limit.
    std::optional<MonotonicTime> due() const
    {
        return m_since && isEnabled() ? std::optional(*m_since + m_limit) : std::nullopt;
    }
    bool isOver(MonotonicTime now) const
    {
        const auto end = due();
        return end && now >= *end;
    }

private:
    Milliseconds m_limit;
    std::optional<MonotonicTime> m_since;
};

} // namespace drover
