// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! What came of a Cancel.
struct CancelAnswer
{
    static constexpr Kind kind = Kind::CancelAnswer;

    //! On the wire: never renumber.
    enum class Answer : quint8 {
        Requested = 1, //!< recorded; the worker has still to confirm
        Done = 2, //!< it will not run
        TooLate = 3, //!< already final
        NotFound = 4,
    };

    quint64 request = 0;
    Answer answer = Answer::Requested; //!< what happens now

    bool operator==(const CancelAnswer &) const = default;

    template <typename V> void fields(V &v) { v(request, answer); }
};

template <> struct WireEnum<CancelAnswer::Answer>
{
    static constexpr auto first = CancelAnswer::Answer::Requested;
    static constexpr auto last = CancelAnswer::Answer::NotFound;
};

} // namespace drover
