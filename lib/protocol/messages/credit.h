// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Flow control of the link: so many more bytes of frames may be sent to who sends this. Itself exempt.
//! With 0 it is a sign of life.
struct Credit
{
    static constexpr Kind kind = Kind::Credit;

    quint64 bytes = 0; //!< added to what is left

    bool operator==(const Credit &) const = default;

    template <typename V> void fields(V &v) { v(bytes); }
};

} // namespace drover
