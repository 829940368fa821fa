// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! Cancel the attempt; answered by Finished.
struct Stop
{
    static constexpr Kind kind = Kind::Stop;

    TaskId id;
    Token token;
    bool force = false; //!< kill; else ask
    Reason reason = Reason::User; //!< why: Timeout, WorkerLost (its lease is over), or somebody wants it

    bool operator==(const Stop &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, token, force);
        v.later(reason);
    }
};

} // namespace drover
