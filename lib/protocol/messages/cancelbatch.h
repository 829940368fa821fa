// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks that a batch be cancelled: all its items, those too that are still to come. Answered by a CancelAnswer once the
//! request is durable.
struct CancelBatch
{
    static constexpr Kind kind = Kind::CancelBatch;

    quint64 request = 0;
    TaskId id;

    bool operator==(const CancelBatch &) const = default;

    template <typename V> void fields(V &v) { v(request, id); }
};

} // namespace drover
