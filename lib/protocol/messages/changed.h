// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/taskinfocodec.h"

namespace drover {

//! The state of a watched task.
struct Changed
{
    static constexpr Kind kind = Kind::Changed;

    TaskInfo task;

    bool operator==(const Changed &) const = default;

    template <typename V> void fields(V &v) { v(task); }
};

} // namespace drover
