// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! There is nothing to watch.
struct Unknown
{
    static constexpr Kind kind = Kind::Unknown;

    TaskId id;
    Error error;

    bool operator==(const Unknown &) const = default;

    template <typename V> void fields(V &v) { v(id, error); }
};

} // namespace drover
