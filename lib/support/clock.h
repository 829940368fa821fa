// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <chrono>

namespace drover {

using Milliseconds = std::chrono::milliseconds;

//! A moment on a clock that never steps and counts the time asleep. Comparable within one boot of one machine only.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

//! A moment of the calendar, UTC; it may step.
using WallTime = std::chrono::sys_time<Milliseconds>;

//! Where time comes from. Passed in through constructors, so that tests and the simulator own it.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual MonotonicTime monotonic() const = 0;
    virtual WallTime wall() const = 0;
};

//! The machine's clocks; stateless, thread-safe.
class DROVER_CORE_EXPORT SystemClock final : public Clock
{
public:
    MonotonicTime monotonic() const override; //!< CLOCK_BOOTTIME, mach_continuous_time, QueryInterruptTimePrecise
    WallTime wall() const override;
};

//! A clock that stands until it is moved.
class ManualClock final : public Clock
{
public:
    MonotonicTime monotonic() const override { return m_monotonic; }
    WallTime wall() const override { return m_wall; }
    void advance(std::chrono::nanoseconds by)
    {
        m_monotonic += by;
        m_wall += std::chrono::duration_cast<Milliseconds>(by);
    }
    //! The calendar steps, the monotonic clock does not notice.
    void stepWall(Milliseconds by) { m_wall += by; }

private:
    MonotonicTime m_monotonic{std::chrono::hours(1)};
    WallTime m_wall{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
};

} // namespace drover
