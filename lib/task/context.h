// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/blockingcaller.h"
#include "task/stream.h"

#include <atomic>
#include <mutex>
#include <stop_token>

namespace drover {

//! What a running attempt speaks to: its executor.
class DROVER_CORE_EXPORT ContextPort
{
public:
    virtual ~ContextPort() = default;
    //! Passes on what the attempt tells; the port numbers the items. Called from the thread the task runs in. Waits while
    //! a reader is behind by more than is kept.
    virtual void report(StreamItem item) = 0;
    //! Submits a nested task. The PendingTask is fed in the thread the task runs in.
    virtual std::shared_ptr<PendingTask> start(Submission submission) = 0;
    //! Submits a nested task that threads wait for, and feeds it. From any thread. A port that does not know how runs it at
    //! once, and refuses a task that cannot end without an event loop.
    virtual void startWaited(Submission submission, std::shared_ptr<WaitedTask> task);
    //! Why the attempt is asked to stop. From any thread.
    virtual Reason stopReason() const { return Reason::User; }
};

//! What a running task knows of itself and can say: a callable takes it as its first parameter, `drover::Context &`.
//! Valid until the callable has returned (a coroutine: until it has finished). Used in the thread the task runs in.
//! A Caller: tasks submitted here are children of this one, are cancelled with it unless detached, and are found again,
//! not doubled, when it runs a second time; so a task must submit its children in the same order each time.
class DROVER_CORE_EXPORT Context final : public Caller
{
public:
    Context(TaskId id, quint64 epoch, quint32 attempt, std::shared_ptr<ContextPort> port, std::stop_token stop = {});
    ~Context() override;

    TaskId taskId() const { return m_id; }
    quint32 attempt() const { return m_attempt; } //!< from 1

    //! \a done of \a total units; 0 when the total is not known.
    void progress(double done, double total, const QString &text = {});
    //! One line for the log of the task.
    void log(QAnyStringView text);
    //! Hands out a value before the result is there; readers of the stream get it in order.
    //! A reader that is slow slows the task: this waits when a reader is behind by more than 1 MiB. While nobody reads, the
    //! last 1 MiB is kept. A task that runs again shall emit the same values again: a reader gets each once.
    template <Encodable T> void emitValue(const T &value);
    //! The same calls for code that waits instead of suspending: `context.blocking().call(10s, add, 2, 3)`. From any thread
    //! of the task. While a thread waits, and until it goes on, the slot of the task is lent to others; a request to stop
    //! ends the wait with ErrorCode::Revoked. No event loop turns and nothing else of the task runs in the thread that waits.
    BlockingCaller &blocking();
    //! Asks for stop when the task is cancelled; look at it in long loops.
    std::stop_token stopToken() const { return m_stop; }
    bool isStopRequested() const { return m_stop.stop_requested(); }
    //! Reason::User when somebody wants it to stop, Reason::Timeout when its Options::softTimeout() or timeout() has come;
    //! None while nobody has asked.
    Reason stopReason() const { return isStopRequested() ? m_port->stopReason() : Reason::None; }

protected:
    std::shared_ptr<PendingTask> start(Submission submission) override;

private:
    class Blocking;

    void report(StreamItem::Kind kind, QByteArray data);
    Submission childOf(Submission submission);

    TaskId m_id;
    quint64 m_epoch;
    quint32 m_attempt;
    std::atomic<quint32> m_calls = 0;
    std::shared_ptr<ContextPort> m_port;
    std::stop_token m_stop;
    std::once_flag m_asked;
    std::unique_ptr<BlockingCaller> m_blocking; //!< made when it is asked for
};

template <Encodable T> void Context::emitValue(const T &value)
{
    if (Result<QByteArray> data = encodeValue(value))
        report(StreamItem::Value, *std::move(data));
    else
        log(QStringLiteral("A value could not be emitted: %1").arg(data.error().message()));
}

} // namespace drover
