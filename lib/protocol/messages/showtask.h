// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks for all that is known of one task.
struct ShowTask
{
    static constexpr Kind kind = Kind::ShowTask;

    quint64 request = 0;
    TaskId id;

    bool operator==(const ShowTask &) const = default;

    template <typename V> void fields(V &v) { v(request, id); }
};

} // namespace drover
