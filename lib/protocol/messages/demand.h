// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! How many tasks wait that this worker could run; 0 = none. Replaces the number before.
struct Demand
{
    static constexpr Kind kind = Kind::Demand;

    quint32 tasks = 0; //!< waiting

    bool operator==(const Demand &) const = default;

    template <typename V> void fields(V &v) { v(tasks); }
};

} // namespace drover
