// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskstates.h"

namespace drover {

//! Gives waiting tasks to workers that have room, and tells workers how many they could have.
class Dispatcher
{
public:
    Dispatcher(Desk &desk, TaskStates &states) : m_desk(desk), m_states(states) {}

    //! Does what Desk::dispatchDue asks for.
    void run();

private:
    void rejectMismatched();
    Error mismatch(const LiveTask &task) const;
    void assign();
    Worker *roomiest();
    void tellDemand();

    Desk &m_desk;
    TaskStates &m_states;
    std::vector<Worker *> m_open; // workers with room, in assign()
    quint64 m_serves = 0;
};

} // namespace drover
