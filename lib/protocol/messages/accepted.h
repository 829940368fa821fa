// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Submit numbers from \a first to \a last, both included.
struct SeqRange
{
    quint64 first = 0;
    quint64 last = 0;

    bool operator==(const SeqRange &) const = default;

    template <typename V> void fields(V &v) { v(first, last); }
};

//! The tasks of these submits are durable.
struct Accepted
{
    static constexpr Kind kind = Kind::Accepted;

    QList<SeqRange> ranges; //!< of Submit::seq, rising

    bool operator==(const Accepted &) const = default;

    template <typename V> void fields(V &v) { v(ranges); }
};

} // namespace drover
