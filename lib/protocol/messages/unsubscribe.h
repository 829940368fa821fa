// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/table.h"

namespace drover {

//! Ends a Subscribe.
struct Unsubscribe
{
    static constexpr Kind kind = Kind::Unsubscribe;

    Table table = Table::Workers;

    bool operator==(const Unsubscribe &) const = default;

    template <typename V> void fields(V &v) { v(table); }
};

} // namespace drover
