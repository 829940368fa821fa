// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! The attempt goes on.
struct Resumed
{
    static constexpr Kind kind = Kind::Resumed;

    TaskId id;
    Token token;

    bool operator==(const Resumed &) const = default;

    template <typename V> void fields(V &v) { v(id, token); }
};

} // namespace drover
