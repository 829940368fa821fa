// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/payloadcodec.h"

namespace drover {

//! How a task ended; sent once unsettled as soon as it is known, or settled, or first the one and then Settled.
struct TaskResult
{
    static constexpr Kind kind = Kind::TaskResult;

    TaskId id;
    quint32 attempt = 0;
    bool settled = false; //!< recorded durably; false: provisional, a Settled follows
    bool ok = false;
    Payload value; //!< when ok
    Error error; //!< when not

    bool operator==(const TaskResult &) const = default;

    template <typename V> void fields(V &v) { v(id, attempt, settled, ok, value, error); }
};

} // namespace drover
