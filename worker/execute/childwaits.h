// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/lending.h"
#include "protocol/messages.h"
#include "task/waitedtask.h"

#include <QtCore/QHash>

#include <memory>

namespace drover {

//! The tasks of the running attempt that its threads wait for. Those threads add to it, the thread that reads the pipe feeds
//! it: no event loop is needed. Thread-safe.
class ChildWaits
{
public:
    ChildWaits(HostWriter &writer, Lending &lending) : m_writer(writer), m_lending(lending) {}

    //! Another attempt runs from now on; \a stopped: it was asked to stop before.
    void begin(const LeaseRef &attempt, bool stopped);
    //! The running attempt has ended: who still waits is told so.
    void end();
    //! Ends all waits of \a attempt, also those to come, with ErrorCode::Revoked.
    void stop(const LeaseRef &attempt);

    //! Sends \a message for \a attempt, and feeds \a task with what comes of it.
    void start(const LeaseRef &attempt, const Submit &message, std::shared_ptr<WaitedTask> task);

    //! From the agent. True when nobody else can wait for it.
    bool handle(const Accepted &message);
    bool handle(const SubmitRefused &message);
    bool handle(const Duplicate &message);
    bool handle(const TaskResult &message);

private:
    using Tasks = QMultiHash<TaskId, std::shared_ptr<WaitedTask>>;

    void cancel(TaskId id);
    static int abandon(const Tasks &tasks, const Error &why);

    HostWriter &m_writer;
    Lending &m_lending;
    std::mutex m_mutex;
    std::optional<LeaseRef> m_attempt;
    bool m_stopped = false;
    Tasks m_tasks; //!< unfinished, by the id that results come under
    QHash<quint64, TaskId> m_submitted; //!< not accepted, by number
};

} // namespace drover
