// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! The attempt runs. Left out by a worker for attempts shorter than 20 ms.
struct Started
{
    static constexpr Kind kind = Kind::Started;

    TaskId id;
    Token token;

    bool operator==(const Started &) const = default;

    template <typename V> void fields(V &v) { v(id, token); }
};

} // namespace drover
