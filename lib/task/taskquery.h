// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/taskinfo.h"

namespace drover {

//! Which tasks a list shall have; what is left empty does not matter.
struct TaskQuery
{
    static constexpr quint32 maxLimit = 1000;

    QList<State> states; //!< any of these
    QString queue;
    QString function;
    QString worker; //!< name of the worker of the last attempt
    TaskId batch; //!< items of this batch only
    TaskId before; //!< only what was submitted before this one, to page on
    quint32 limit = 100; //!< tasks in the answer, at most maxLimit

    template <typename V> void fields(V &v) { v(states, queue, function, worker, batch, before, limit); }
    friend bool operator==(const TaskQuery &, const TaskQuery &) = default;
};

//! Whether \a task is one that \a query asks for, its limit apart. The items of a batch share the first 12 bytes of its id.
inline bool matches(const TaskQuery &query, const TaskInfo &task)
{
    const bool inBatch =
        query.batch.isNull() || (task.id != query.batch && task.id.view().first(12) == query.batch.view().first(12));
    return inBatch && (query.before.isNull() || task.id < query.before)
        && (query.states.isEmpty() || query.states.contains(task.state))
        && (query.queue.isEmpty() || query.queue == task.queue)
        && (query.function.isEmpty() || query.function == task.function)
        && (query.worker.isEmpty() || query.worker == task.worker);
}

//! A part of a list of tasks, the last submitted first.
struct TaskPage
{
    QList<TaskInfo> tasks;
    bool more = false; //!< there may be others: ask again with TaskQuery::before = next
    TaskId next;
};

} // namespace drover
