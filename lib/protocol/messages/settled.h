// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! The provisional results of these tasks are recorded.
struct Settled
{
    static constexpr Kind kind = Kind::Settled;

    QList<TaskId> ids; //!< whose results are recorded

    bool operator==(const Settled &) const = default;

    template <typename V> void fields(V &v) { v(ids); }
};

} // namespace drover
