// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/table.h"

namespace drover {

//! The rows of a live table at \a number; several of the same number make up one snapshot. A new one replaces all.
struct Snapshot
{
    static constexpr Kind kind = Kind::Snapshot;

    Table table = Table::Workers;
    quint64 number = 0; //!< of the snapshot
    bool last = false; //!< the snapshot is complete
    QList<QByteArray> rows; //!< see rows.h

    bool operator==(const Snapshot &) const = default;

    template <typename V> void fields(V &v) { v(table, number, last, rows); }
};

} // namespace drover
