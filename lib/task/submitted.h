// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/codecs.h"
#include "task/pending.h"
#include "task/value.h"

#include <QtCore/QMetaObject>
#include <QtCore/QPointer>

#include <coroutine>

namespace drover {

template <typename R> class CancelOnDrop;

//! The encoded result, ready for decoding, or the error as the caller is to see it.
struct DROVER_CORE_EXPORT RawResult
{
    Result<QByteArray> bytes;
    bool raw = false;

    static RawResult of(const PendingTask &task);
    //! \a signature is the caller's of its function, for messages; it and \a codecs may be empty.
    static RawResult of(const Outcome &outcome, const Codecs *codecs, const std::function<QString()> &signature);
};

//! An encoded result as an \a R.
template <typename R> Result<R> resultOf(RawResult result)
{
    if (!result.bytes)
        return fail(std::move(result.bytes).error());
    if constexpr (std::is_void_v<R>)
        return {};
    else if constexpr (std::is_same_v<R, QByteArray> || std::is_same_v<R, QVariant>)
        return result.raw ? Result<R>(*std::move(result.bytes)) : decodeResult<R>(*result.bytes);
    else
        return decodeResult<R>(*result.bytes);
}

//! The result of a finished task as an \a R.
template <typename R> Result<R> resultOf(const PendingTask &task)
{
    return resultOf<R>(RawResult::of(task));
}

//! Waits within a coroutine for one event of a task. Leaves the task alone when the coroutine is destroyed.
class TaskAwaiter : public PendingTask::Waiter
{
public:
    explicit TaskAwaiter(std::shared_ptr<PendingTask> task) : m_task(std::move(task)) {}

protected:
    void told() override { m_coroutine.resume(); }

    std::shared_ptr<PendingTask> m_task;
    std::coroutine_handle<> m_coroutine;
};

//! What `co_await` on a Submitted makes of it.
template <typename R> class FinishedAwaiter final : public TaskAwaiter
{
public:
    using TaskAwaiter::TaskAwaiter;
    bool await_ready() const { return m_task->isFinished(); }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_task->waitFinished(this);
    }
    Result<R> await_resume() const { return resultOf<R>(*m_task); }
};

//! What `co_await submitted.accepted()` waits on.
class Acceptance
{
public:
    explicit Acceptance(std::shared_ptr<PendingTask> task) : m_task(std::move(task)) {}

    class Awaiter final : public TaskAwaiter
    {
    public:
        using TaskAwaiter::TaskAwaiter;
        bool await_ready() const { return m_task->isAccepted(); }
        void await_suspend(std::coroutine_handle<> coroutine)
        {
            m_coroutine = coroutine;
            m_task->waitAccepted(this);
        }
        Result<void> await_resume() const { return m_task->accepted(); }
    };
    Awaiter operator co_await() const { return Awaiter(m_task); }

private:
    std::shared_ptr<PendingTask> m_task;
};

//! A submitted task: `const Result<R> result = co_await submitted;`, any number of times, in several coroutines.
//! A value, cheap to copy. The task goes on when the last copy is gone. Used in the thread of its Caller.
template <typename R> class Submitted
{
public:
    explicit Submitted(std::shared_ptr<PendingTask> task) : m_task(std::move(task)) {}

    TaskId id() const { return m_task->id(); }
    //! The result is here, perhaps not recorded yet.
    bool isFinished() const { return m_task->isFinished(); }
    //! The result is recorded and final.
    bool isSettled() const { return m_task->isSettled(); }
    //! The result of a finished task; `Unavailable` before.
    Result<R> result() const { return resultOf<R>(*m_task); }

    FinishedAwaiter<R> operator co_await() const { return FinishedAwaiter<R>(m_task); }
    //! Awaits the durable acknowledgement: `const Result<void> durable = co_await submitted.accepted();`
    Acceptance accepted() const { return Acceptance(m_task); }
    //! Calls `fn(Result<R>)` from the event loop of \a context once the task is finished, never from inside of then()
    //! or of a destructor; not at all when \a context is gone by then. \a context lives in the Caller's thread.
    template <typename Fn> void then(QObject *context, Fn fn) const;
    //! Asks for cancellation; the result then is an error with ErrorCode::Revoked, unless the task was faster.
    void cancel() const { m_task->cancel(); }
    //! Asks for cancellation when what this returns is destroyed before the task is finished.
    CancelOnDrop<R> cancelOnDrop() const { return CancelOnDrop<R>(*this); }

    const std::shared_ptr<PendingTask> &task() const { return m_task; } //!< for backends

private:
    std::shared_ptr<PendingTask> m_task;
};

template <typename R> template <typename Fn> void Submitted<R>::then(QObject *context, Fn fn) const
{
    static_assert(std::is_invocable_v<Fn &, Result<R>>, "then() takes a function of drover::Result<R>");
    struct Delivery
    {
        Fn fn;
        Result<R> result;
    };
    const auto deliver = [context = QPointer<QObject>(context), task = m_task.get(),
                          fn = std::make_shared<Fn>(std::move(fn))](const Outcome &) {
        if (!context)
            return;
        auto delivery = std::make_shared<Delivery>(Delivery{std::move(*fn), resultOf<R>(*task)});
        QMetaObject::invokeMethod(
            context, [delivery] { delivery->fn(std::move(delivery->result)); }, Qt::QueuedConnection);
    };
    m_task->onFinished(deliver);
}

//! What Caller::call() returns: `co_await` it, or give then() a function. Dropping it leaves the task running.
template <typename R> class Call
{
public:
    explicit Call(Submitted<R> submitted) : m_submitted(std::move(submitted)) {}
    Call(Call &&) noexcept = default;
    Call &operator=(Call &&) noexcept = default;

    FinishedAwaiter<R> operator co_await() const { return m_submitted.operator co_await(); }
    template <typename Fn> void then(QObject *context, Fn fn) const { m_submitted.then(context, std::move(fn)); }
    CancelOnDrop<R> cancelOnDrop() const { return m_submitted.cancelOnDrop(); }
    const Submitted<R> &submitted() const { return m_submitted; }

private:
    Submitted<R> m_submitted;
};

//! Asks for cancellation of its task when destroyed before it is finished. Awaitable; move-only.
template <typename R> class [[nodiscard]] CancelOnDrop
{
public:
    explicit CancelOnDrop(Submitted<R> submitted) : m_task(submitted.task()) {}
    CancelOnDrop(CancelOnDrop &&) noexcept = default;
    CancelOnDrop &operator=(CancelOnDrop &&other) noexcept
    {
        CancelOnDrop old(std::move(*this));
        m_task = std::move(other.m_task);
        return *this;
    }
    ~CancelOnDrop()
    {
        if (m_task)
            m_task->cancel();
    }

    FinishedAwaiter<R> operator co_await() const { return FinishedAwaiter<R>(m_task); }
    Submitted<R> submitted() const { return Submitted<R>(m_task); }

private:
    std::shared_ptr<PendingTask> m_task;
};

} // namespace drover
