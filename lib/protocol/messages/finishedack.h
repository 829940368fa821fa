// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/leaseref.h"

namespace drover {

//! These results are recorded, or refused for good; forget them.
struct FinishedAck
{
    static constexpr Kind kind = Kind::FinishedAck;

    QList<LeaseRef> leases; //!< whose Finished has come

    bool operator==(const FinishedAck &) const = default;

    template <typename V> void fields(V &v) { v(leases); }
};

} // namespace drover
