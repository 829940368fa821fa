// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "support/export.h"
#include "task/pending.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace drover {

//! One submitted task for threads that wait for it: what a PendingTask is to coroutines, but of use to any thread.
//! Whoever has the results feeds it; waiters sleep. Always owned by a shared_ptr.
class DROVER_CORE_EXPORT WaitedTask
{
public:
    //! Set by who feeds it, before others see the task; called without any lock, in any thread.
    struct Hooks
    {
        std::function<void()> cancel; //!< asks for cancellation
        //! One thread more (true) sleeps until the task is finished, or one less (false) because its patience ended.
        std::function<void(bool)> waits;
    };

    //! \a made is what the caller got for its call; nobody else uses it from now on.
    explicit WaitedTask(std::shared_ptr<PendingTask> made) : m_task(std::move(made)) {}
    WaitedTask(const WaitedTask &) = delete;
    WaitedTask &operator=(const WaitedTask &) = delete;
    ~WaitedTask();

    //! -- for who feeds it
    void setHooks(Hooks hooks) { m_hooks = std::move(hooks); }
    //! As PendingTask's. These give the number of threads that wake because the task is finished; Hooks::waits is not told
    //! of them any more. \a id is the one that the task goes by from now on.
    int accept(TaskId id, const Result<void> &result = {});
    int complete(Outcome outcome, bool settled);
    int abandon(const Error &error);

    //! -- for callers
    TaskId id() const;
    bool isAccepted() const;
    bool isFinished() const;
    //! False when \a patience ended first. Milliseconds::max() waits without end; 0 and less only looks.
    bool awaitAccepted(Milliseconds patience);
    bool awaitFinished(Milliseconds patience);
    Result<void> accepted() const; //!< only when isAccepted()
    //! The finished task, which does not change any more but for its being settled; only when isFinished().
    const PendingTask &finished() const { return *m_task; }
    void cancel() const;

private:
    template <typename Fn> int feed(Fn &&fn);
    template <typename Done> bool await(Milliseconds patience, Done &&done);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<PendingTask> m_task; //!< has no waiters: nothing runs when it is fed
    int m_sleepers = 0; //!< until the task is finished
    Hooks m_hooks;
};

//! The error of a wait that ended before the task \a id: ErrorCode::Timeout.
DROVER_CORE_EXPORT Error outOfPatience(TaskId id);

} // namespace drover
