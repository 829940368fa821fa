// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! Give the attempt back if it has not started: answered by Returned, or not at all when Started has been sent.
struct TakeBack
{
    static constexpr Kind kind = Kind::TakeBack;

    TaskId id;
    Token token;

    bool operator==(const TakeBack &) const = default;

    template <typename V> void fields(V &v) { v(id, token); }
};

} // namespace drover
