// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/kinds.h"
#include "protocol/taskinfocodec.h"

namespace drover {

//! Answers ListTasks: the last submitted first, without their attempts.
struct TaskList
{
    static constexpr Kind kind = Kind::TaskList;

    quint64 request = 0;
    QList<TaskInfo> tasks;
    bool more = false; //!< there may be others
    TaskId next; //!< the query's `before` for them
    Error error; //!< why there is no list, if it could not be read

    bool operator==(const TaskList &) const = default;

    template <typename V> void fields(V &v) { v(request, tasks, more, next, error); }
};

} // namespace drover
