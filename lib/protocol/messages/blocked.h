// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! The attempt waits for tasks that it submitted; its slot is free to lend.
struct Blocked
{
    static constexpr Kind kind = Kind::Blocked;

    TaskId id;
    Token token;

    bool operator==(const Blocked &) const = default;

    template <typename V> void fields(V &v) { v(id, token); }
};

} // namespace drover
