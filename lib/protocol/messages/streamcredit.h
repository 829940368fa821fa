// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Raises the credit of an open stream.
struct StreamCredit
{
    static constexpr Kind kind = Kind::StreamCredit;

    TaskId id;
    quint64 credit =
        0; //!< bytes of item data in all since StreamOpen; to an executor: the cost of all items of the attempt
    quint32 attempt = 0; //!< what `read` is about
    quint64 read = 0; //!< items before this number are not asked for again; beyond the last one: nor is the end

    bool operator==(const StreamCredit &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, credit);
        v.later(attempt, read);
    }
};

} // namespace drover
