// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! The Renew of this number has come.
struct Renewed
{
    static constexpr Kind kind = Kind::Renewed;

    quint64 number = 0; //!< of the Renew

    bool operator==(const Renewed &) const = default;

    template <typename V> void fields(V &v) { v(number); }
};

} // namespace drover
