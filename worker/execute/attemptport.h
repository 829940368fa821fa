// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/hostinbox.h"
#include "task/context.h"
#include "task/pending.h"

#include <QtCore/QHash>

#include <atomic>
#include <optional>

namespace drover {

//! How the running attempt speaks to the agent: its stream and the tasks that it submits. One per attempt, so that what an
//! ended attempt left behind cannot speak in the name of the next. report() and startWaited() from any thread, else the runner's
//! thread.
class AttemptPort final : public ContextPort
{
public:
    //! \a inbox is told of the attempt by now.
    AttemptPort(HostWriter &writer, HostInbox &inbox, LeaseRef attempt, std::atomic<quint64> &submits);

    void report(StreamItem item) override;
    std::shared_ptr<PendingTask> start(Submission submission) override;
    void startWaited(Submission submission, std::shared_ptr<WaitedTask> task) override;
    Reason stopReason() const override { return m_inbox.stopReason(); }

    //! Feeds what the agent answered; awaiting code runs inside.
    void handle(const HostAnswer &answer);
    //! The attempt waits now: tells the agent if it is for tasks that it submitted.
    void suspended();
    //! Nothing more is sent; who still waits is told that it is over.
    void close();

private:
    void handle(const Accepted &message);
    void handle(const SubmitRefused &message);
    void handle(const Duplicate &message);
    void handle(const TaskResult &message);
    void handle(const Stop &message);
    void abandonChildren(const Error &why);
    void complete(const std::shared_ptr<PendingTask> &task, Outcome outcome, bool settled);

    static Result<void> checkSize(const Submission &submission);
    Submit submitOf(Submission submission);

    HostWriter &m_writer;
    HostInbox &m_inbox;
    LeaseRef m_attempt;
    std::atomic<quint64> &m_submits; //!< counts those of the whole process
    std::mutex m_reporting; //!< numbers leave in their order
    quint64 m_items = 0;
    std::atomic<bool> m_closed = false;
    QHash<TaskId, std::shared_ptr<PendingTask>> m_children; //!< unfinished, by the id that results come under
    QHash<quint64, std::shared_ptr<PendingTask>> m_submitted; //!< not accepted, by number
};

} // namespace drover
