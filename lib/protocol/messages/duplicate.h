// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! The idempotency key was used before: durable, and all further news come under the id of the first task.
struct Duplicate
{
    static constexpr Kind kind = Kind::Duplicate;

    quint64 seq = 0;
    TaskId id;
    TaskId existing;

    bool operator==(const Duplicate &) const = default;

    template <typename V> void fields(V &v) { v(seq, id, existing); }
};

} // namespace drover
