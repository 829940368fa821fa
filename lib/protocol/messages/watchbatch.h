// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks for one BatchChanged now and some while it changes.
struct WatchBatch
{
    static constexpr Kind kind = Kind::WatchBatch;

    TaskId id;
    bool results = false; //!< also a settled TaskResult of each item that is recorded from now on

    bool operator==(const WatchBatch &) const = default;

    template <typename V> void fields(V &v) { v(id, results); }
};

} // namespace drover
