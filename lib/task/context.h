// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/caller.h"
#include "task/stream.h"

#include <stop_token>

namespace drover {

//! What a running attempt speaks to: its executor.
class ContextPort
{
public:
    virtual ~ContextPort() = default;
    //! Passes on what the attempt tells; the port numbers the items. Called from the thread the task runs in.
    virtual void report(StreamItem item) = 0;
    //! Submits a nested task. The PendingTask is fed in the thread the task runs in.
    virtual std::shared_ptr<PendingTask> start(Submission submission) = 0;
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
    template <Encodable T> void emitValue(const T &value);
    //! Asks for stop when the task is cancelled; look at it in long loops.
    std::stop_token stopToken() const { return m_stop; }
    bool isStopRequested() const { return m_stop.stop_requested(); }

protected:
    std::shared_ptr<PendingTask> start(Submission submission) override;

private:
    void report(StreamItem::Kind kind, QByteArray data);

    TaskId m_id;
    quint64 m_epoch;
    quint32 m_attempt;
    quint32 m_calls = 0;
    std::shared_ptr<ContextPort> m_port;
    std::stop_token m_stop;
};

template <Encodable T> void Context::emitValue(const T &value)
{
    if (Result<QByteArray> data = encodeValue(value))
        report(StreamItem::Value, *std::move(data));
    else
        log(QStringLiteral("A value could not be emitted: %1").arg(data.error().message()));
}

} // namespace drover
