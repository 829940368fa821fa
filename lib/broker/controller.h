// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/canceller.h"

namespace drover {

//! Does what people want done with tasks, besides cancelling and retrying them: pause, resume, kill, purge, restore.
class Controller
{
public:
    Controller(Desk &desk, TaskStates &states, Canceller &canceller)
        : m_desk(desk), m_states(states), m_canceller(canceller)
    {}

    void handle(SessionId from, const ControlTask &message);

private:
    void control(SessionId from, const ControlTask &message, LiveTask &task);
    //! Whether it is done by now; else its worker has yet to confirm it.
    Result<bool> carryOut(TaskControl control, LiveTask &task);
    Result<bool> pause(LiveTask &task);
    Result<bool> resume(LiveTask &task);
    Result<bool> purge(LiveTask &task);
    Result<bool> restore(LiveTask &task);
    void answer(SessionId session, quint64 request, const Result<bool> &outcome);

    Desk &m_desk;
    TaskStates &m_states;
    Canceller &m_canceller;
};

} // namespace drover
