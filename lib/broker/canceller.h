// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskstates.h"

namespace drover {

//! Cancels tasks wherever they are, and the children of tasks that did not succeed.
class Canceller
{
public:
    Canceller(Desk &desk, TaskStates &states) : m_desk(desk), m_states(states) {}

    void handle(SessionId from, const Cancel &message);
    //! Works off Desk::cascade.
    void cascade();
    //! A task that is only on disk comes into memory.
    LiveTask &fetch(const StoredTask &stored);

private:
    void answer(SessionId session, quint64 request, CancelAnswer::Answer answer);
    void answerFor(SessionId session, quint64 request, LiveTask &task);
    void cancelChild(const TaskId &id);

    Desk &m_desk;
    TaskStates &m_states;
};

} // namespace drover
