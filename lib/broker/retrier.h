// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskstates.h"

namespace drover {

//! Runs tasks again when somebody asks for it: those that wait for their time at once, final ones as new tasks.
class Retrier
{
public:
    Retrier(Desk &desk, TaskStates &states) : m_desk(desk), m_states(states) {}

    //! \a refused is a function that the sender may not run.
    void handle(SessionId from, const RetryTask &message, const QString &refused);

private:
    struct Asker
    {
        SessionId session = 0;
        quint64 request = 0;
        TaskId next;
        QString refused;
    };
    void answerLive(const Asker &asker, LiveTask &task);
    void runAgain(const Asker &asker, const StoredTask &former);
    void add(const StoredTask &former, const TaskId &next);
    void succeed(const Asker &asker, const TaskId &id);
    void refuse(const Asker &asker, Error error);

    Desk &m_desk;
    TaskStates &m_states;
};

} // namespace drover
