// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskstates.h"

namespace drover {

//! What clients say and ask about batches. Those of others do not exist for who may not reach them.
class Batching
{
public:
    Batching(Desk &desk, TaskStates &states) : m_desk(desk), m_states(states) {}

    void handle(SessionId from, const BatchHead &message);
    void handle(SessionId from, const WatchBatch &message);
    void handle(SessionId from, const UnwatchBatch &message);
    void handle(SessionId from, const CancelBatch &message);
    //! Tells the watchers of what has changed.
    void publish();

    //! Those that \a reader may see.
    QList<BatchInfo> batches(SessionId reader) const;
    std::optional<BatchInfo> batch(SessionId reader, const TaskId &id) const;

private:
    BatchBook::Entry *reachable(SessionId from, const TaskId &id) const;
    bool reaches(SessionId from, const BatchBook::Entry &entry) const;
    void refuse(SessionId from, const TaskId &id, Error error);
    void cancel(BatchBook::Entry &entry);
    void answer(SessionId session, quint64 request, CancelAnswer::Answer answer);

    Desk &m_desk;
    TaskStates &m_states;
};

} // namespace drover
