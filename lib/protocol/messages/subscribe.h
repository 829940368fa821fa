// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/table.h"

namespace drover {

//! Asks for a live table: a snapshot, then numbered deltas.
struct Subscribe
{
    static constexpr Kind kind = Kind::Subscribe;

    Table table = Table::Workers;
    quint64 credit = 0; //!< bytes of rows in all; sent again to raise it

    bool operator==(const Subscribe &) const = default;

    template <typename V> void fields(V &v) { v(table, credit); }
};

} // namespace drover
