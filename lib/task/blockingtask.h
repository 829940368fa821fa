// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/submitted.h"
#include "task/waitedtask.h"

namespace drover {

//! A submitted task for a thread that waits: `const Result<int> sum = task.wait(10s);`
//! A value, cheap to copy, of use to any thread. The task goes on when the last copy is gone. It may outlive what it came
//! from: then all that is not known yet is ErrorCode::ClientClosed.
template <typename R> class BlockingTask
{
public:
    explicit BlockingTask(std::shared_ptr<WaitedTask> task) : m_task(std::move(task)) {}

    TaskId id() const { return m_task->id(); }
    bool isAccepted() const { return m_task->isAccepted(); }
    //! The result is here, perhaps not recorded yet.
    bool isFinished() const { return m_task->isFinished(); }

    //! Sleeps until the task is durable; its error when it was refused, ErrorCode::Timeout when \a patience ended first.
    Result<void> accepted(Milliseconds patience) const
    {
        return m_task->awaitAccepted(patience) ? m_task->accepted() : Result<void>(fail(outOfPatience(id())));
    }
    //! Sleeps until the task is finished. ErrorCode::Timeout when \a patience ended first: the task goes on, and wait()
    //! may be called again. Milliseconds::max() waits without end.
    Result<R> wait(Milliseconds patience) const
    {
        return m_task->awaitFinished(patience) ? resultOf<R>(m_task->finished()) : Result<R>(fail(outOfPatience(id())));
    }
    //! Asks for cancellation, and does not wait; the result then is an error with ErrorCode::Revoked, unless the task was
    //! faster.
    void cancel() const { m_task->cancel(); }

private:
    std::shared_ptr<WaitedTask> m_task;
};

} // namespace drover
