// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/leasing.h"

namespace drover {

//! Fires what is due: leases and delays by the clock that never steps, eta and expires by the calendar.
class Timekeeper
{
public:
    Timekeeper(Desk &desk, TaskStates &states, Leasing &leasing) : m_desk(desk), m_states(states), m_leasing(leasing) {}

    //! Before each event.
    void noticeSleep();
    void tick();
    std::optional<MonotonicTime> next() const;

private:
    void fireCalendar();
    void fireDelays();
    void forgetOld();

    Desk &m_desk;
    TaskStates &m_states;
    Leasing &m_leasing;
    std::optional<MonotonicTime> m_forgotAt;
    MonotonicTime m_lastEvent{};
    MonotonicTime m_beatAt{};
};

} // namespace drover
