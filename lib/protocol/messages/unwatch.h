// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Ends a Watch; messages under way still arrive, and the result that a Duplicate has promised.
struct Unwatch
{
    static constexpr Kind kind = Kind::Unwatch;

    TaskId id;

    bool operator==(const Unwatch &) const = default;

    template <typename V> void fields(V &v) { v(id); }
};

} // namespace drover
