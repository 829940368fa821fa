// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "task/batchinfo.h"

namespace drover {

//! Where a watched batch stands.
struct BatchChanged
{
    static constexpr Kind kind = Kind::BatchChanged;

    TaskId id;
    bool found = false; //!< false: `error` says why, and nothing follows
    BatchInfo batch; //!< when found
    Error error; //!< when not

    bool operator==(const BatchChanged &) const = default;

    template <typename V> void fields(V &v) { v(id, found, batch, error); }
};

} // namespace drover
