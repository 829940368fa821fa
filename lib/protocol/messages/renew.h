// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Renews all leases of the session.
struct Renew
{
    static constexpr Kind kind = Kind::Renew;

    quint64 number = 0; //!< counts up

    bool operator==(const Renew &) const = default;

    template <typename V> void fields(V &v) { v(number); }
};

} // namespace drover
