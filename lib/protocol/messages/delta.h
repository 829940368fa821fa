// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/table.h"

namespace drover {

//! One row put or removed.
struct RowChange
{
    //! On the wire: never renumber.
    enum class Op : quint8 { Put = 1, Remove = 2 };

    Op op = Op::Put;
    QByteArray key; //!< see rows.h
    QByteArray row; //!< empty when removed

    bool operator==(const RowChange &) const = default;

    template <typename V> void fields(V &v) { v(op, key, row); }
};

template <> struct WireEnum<RowChange::Op>
{
    static constexpr auto first = RowChange::Op::Put;
    static constexpr auto last = RowChange::Op::Remove;
};

//! Changes that lead from \a number - 1 to \a number.
struct Delta
{
    static constexpr Kind kind = Kind::Delta;

    Table table = Table::Workers;
    quint64 number = 0; //!< one more than that of the delta or snapshot before
    QList<RowChange> changes;

    bool operator==(const Delta &) const = default;

    template <typename V> void fields(V &v) { v(table, number, changes); }
};

} // namespace drover
