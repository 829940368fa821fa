// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"

namespace drover {

//! A live table. On the wire: never renumber.
enum class Table : quint8 { Workers = 1, Queues = 2, Tasks = 3, Batches = 4 };

template <> struct WireEnum<Table>
{
    static constexpr auto first = Table::Workers;
    static constexpr auto last = Table::Batches;
};

} // namespace drover
