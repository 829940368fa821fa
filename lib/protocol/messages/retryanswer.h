// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! Answers RetryTask, once what follows from it is durable.
struct RetryAnswer
{
    static constexpr Kind kind = Kind::RetryAnswer;

    quint64 request = 0;
    bool ok = false;
    TaskId id; //!< when ok: of the task that will run
    Error error; //!< when not: NotFound, Conflict (it waits for a worker, or runs), NotPermitted

    bool operator==(const RetryAnswer &) const = default;

    template <typename V> void fields(V &v) { v(request, ok, id, error); }
};

} // namespace drover
