// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! The reader has left; items under way still arrive.
struct StreamClose
{
    static constexpr Kind kind = Kind::StreamClose;

    TaskId id;
    bool lost = false; //!< its link was lost: it may come back soon, and the attempt is to wait for it as before

    bool operator==(const StreamClose &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id);
        v.later(lost);
    }
};

} // namespace drover
