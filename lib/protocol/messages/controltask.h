// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "task/taskcontrol.h"

namespace drover {

template <> struct WireEnum<TaskControl>
{
    static constexpr auto first = TaskControl::Pause;
    static constexpr auto last = TaskControl::Restore;
};

//! Asks for something to be done with a task. Answered by ControlAnswer once the request is durable.
struct ControlTask
{
    static constexpr Kind kind = Kind::ControlTask;

    quint64 request = 0;
    TaskId id;
    TaskControl control = TaskControl::Pause; //!< what

    bool operator==(const ControlTask &) const = default;

    template <typename V> void fields(V &v) { v(request, id, control); }
};

} // namespace drover
