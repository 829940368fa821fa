// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! Whether the attempt stands still.
struct Suspended
{
    static constexpr Kind kind = Kind::Suspended;

    TaskId id;
    Token token;
    bool on = false; //!< it stands still
    Error error; //!< why it does not, when it was asked to and cannot

    bool operator==(const Suspended &) const = default;

    template <typename V> void fields(V &v) { v(id, token, on, error); }
};

} // namespace drover
