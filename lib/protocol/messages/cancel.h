// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks that a task be cancelled. Answered once the request is durable.
struct Cancel
{
    static constexpr Kind kind = Kind::Cancel;

    quint64 request = 0;
    TaskId id;

    bool operator==(const Cancel &) const = default;

    template <typename V> void fields(V &v) { v(request, id); }
};

} // namespace drover
