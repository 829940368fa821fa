// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/kinds.h"
#include "protocol/taskinfocodec.h"
#include "task/taskquery.h"

namespace drover {

//! Which tasks are there? Answered by TaskList.
struct ListTasks
{
    static constexpr Kind kind = Kind::ListTasks;

    quint64 request = 0;
    TaskQuery query;

    bool operator==(const ListTasks &) const = default;

    template <typename V> void fields(V &v) { v(request, query); }
};

} // namespace drover
