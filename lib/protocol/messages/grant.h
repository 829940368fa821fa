// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! How many Assigns the sender will take in all on this session.
struct Grant
{
    static constexpr Kind kind = Kind::Grant;

    quint64 assigns = 0; //!< cumulative

    bool operator==(const Grant &) const = default;

    template <typename V> void fields(V &v) { v(assigns); }
};

} // namespace drover
