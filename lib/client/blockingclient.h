// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"
#include "task/blockingcaller.h"

namespace drover {

class Context;

//! Sends tasks to a broker for programs and threads that wait for the answer:
//!
//!     drover::BlockingClient client;
//!     const drover::Result<int> sum = client.call(10s, lab::add, 2, 3);
//!
//! The URL says where tasks go, as with Client. All functions may be called from any thread, by several at once, and take as
//! first parameter how long they wait at most; then they give ErrorCode::Timeout and the task goes on. Milliseconds::max()
//! waits without end. No event loop is needed, and none runs in the thread that waits: connections and timers live in a
//! thread of this object. The functions of a `loopback:` run in that thread, too; they must not use this object, and
//! those that are suspended when it ends are dropped.
//!
//! A plain C++ program needs nothing of Qt. Qt needs a QCoreApplication: when there is none, this makes one, which is never
//! executed, leaves the locale of the program alone, and goes with the last BlockingClient if that is destroyed in the
//! thread that made the first. A program with an application of its own makes that before.
//!
//! Destroying it ends the calls that still wait, in all threads, with ErrorCode::ClientClosed; tasks go on. No call may
//! begin any more by then. In a thread with an event loop, calls make that loop stand still: use Client there.
class DROVER_CLIENT_EXPORT BlockingClient final : public BlockingCaller
{
public:
    explicit BlockingClient(const QUrl &broker = QUrl(QStringLiteral("local:")),
                            const ClientSettings &settings = ClientSettings());
    //! Inside of a task: as Context::blocking(), for code that is given a BlockingClient. Tasks are children of that task, and
    //! its slot is lent while it waits. \a context outlives this. Only call() and submit() are supported.
    explicit BlockingClient(Context &context);
    ~BlockingClient() override;

    //! Waits until it is connected. The error says why it is not.
    Result<void> connected(Milliseconds patience);
    //! The task \a id of this or an earlier run of any client: `client.attach<int>(id).wait(10s)`
    template <typename R = QVariant> BlockingTask<R> attach(TaskId id) { return BlockingTask<R>(attachTask(id)); }

    // As the functions of Client with these names; ErrorCode::Timeout when the patience ended first.
    Result<CancelOutcome> cancel(Milliseconds patience, TaskId id);
    Result<TaskInfo> show(Milliseconds patience, TaskId id);
    Result<TaskPage> list(Milliseconds patience, const TaskQuery &query);
    Result<QList<AvailableFunction>> functions(Milliseconds patience, const QString &function = {});
    Result<BrokerStatus> status(Milliseconds patience);
    //! Waits until all submits are acknowledged: the number of those that are not when the patience ended, 0 = all are safe.
    //! No task is taken any more from then on.
    Result<qsizetype> close(Milliseconds patience);

protected:
    void start(Submission submission, std::shared_ptr<WaitedTask> task) override;

private:
    std::shared_ptr<WaitedTask> attachTask(TaskId id);
    template <typename T, typename Question> Result<T> ask(Milliseconds patience, Question question);

    class Private;
    std::shared_ptr<Private> d; //!< null inside of a task
    Context *m_context = nullptr;
};

} // namespace drover
