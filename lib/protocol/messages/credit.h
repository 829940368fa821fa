// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Flow control of the link: how many bytes of messages the receiver may send in all, counted from the first one
//! after Hello. Itself exempt. A value lower than an earlier one changes nothing.
struct Credit
{
    static constexpr Kind kind = Kind::Credit;

    quint64 bytes = 0;

    bool operator==(const Credit &) const = default;

    template <typename V>
    void fields(V &v) { v(bytes); }
};

} // namespace drover
