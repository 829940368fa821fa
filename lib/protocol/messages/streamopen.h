// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks for the stream of the current attempt of a task from item \a fromSeq on.
struct StreamOpen
{
    static constexpr Kind kind = Kind::StreamOpen;

    TaskId id;
    quint64 fromSeq = 0;
    quint64 credit = 0; //!< bytes of item data that may be sent in all
    quint32 attempt = 0; //!< the one that fromSeq counts in, another is read from its first item; 0: whichever it is

    bool operator==(const StreamOpen &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, fromSeq, credit);
        v.later(attempt);
    }
};

} // namespace drover
