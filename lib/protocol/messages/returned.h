// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! The lease is given back; the attempt did not count.
struct Returned
{
    static constexpr Kind kind = Kind::Returned;

    //! On the wire: never renumber.
    enum class Why : quint8 {
        Busy = 1, //!< no slot after all
        Unstarted = 2, //!< taken back before it began
        Stopping = 3, //!< the worker shuts down
        Depth = 4, //!< nested deeper than the worker allows
    };

    TaskId id;
    Token token;
    Why why = Why::Busy; //!< for scheduling and for people

    bool operator==(const Returned &) const = default;

    template <typename V> void fields(V &v) { v(id, token, why); }
};

template <> struct WireEnum<Returned::Why>
{
    static constexpr auto first = Returned::Why::Busy;
    static constexpr auto last = Returned::Why::Depth;
};

} // namespace drover
