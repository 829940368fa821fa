// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/leasing.h"

namespace drover {

//! Takes over what a store held.
class Recovery
{
public:
    Recovery(Desk &desk, TaskStates &states, Leasing &leasing) : m_desk(desk), m_states(states), m_leasing(leasing) {}

    void run(Recovered recovered);
    //! Tasks of a lane that came from the store.
    void take(const LaneLoaded &loaded);

private:
    void takeKeys(const QList<KeyEntry> &keys);

    Desk &m_desk;
    TaskStates &m_states;
    Leasing &m_leasing;
};

} // namespace drover
