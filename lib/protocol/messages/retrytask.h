// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks that a task run again: now, when it waits for its retry or eta; as a new task, when it is final.
struct RetryTask
{
    static constexpr Kind kind = Kind::RetryTask;

    quint64 request = 0;
    TaskId id;
    TaskId next; //!< of the new task, should there be one; chosen by the client, so that it may ask twice

    bool operator==(const RetryTask &) const = default;

    template <typename V> void fields(V &v) { v(request, id, next); }
};

} // namespace drover
