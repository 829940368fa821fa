// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Ends a WatchBatch.
struct UnwatchBatch
{
    static constexpr Kind kind = Kind::UnwatchBatch;

    TaskId id;

    bool operator==(const UnwatchBatch &) const = default;

    template <typename V> void fields(V &v) { v(id); }
};

} // namespace drover
