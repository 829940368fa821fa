// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/token.h"

namespace drover {

//! One lease of one task.
struct LeaseRef
{
    TaskId id;
    Token token;

    friend auto operator<=>(const LeaseRef &, const LeaseRef &) = default;

    template <typename V> void fields(V &v) { v(id, token); }
};

} // namespace drover
