// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! What came of a ControlTask.
struct ControlAnswer
{
    static constexpr Kind kind = Kind::ControlAnswer;

    quint64 request = 0;
    bool ok = false;
    bool confirmed = false; //!< when ok: it is done; else the worker has still to confirm
    Error error; //!< when not ok: NotFound, Conflict (it has ended, or nothing fits its state)

    bool operator==(const ControlAnswer &) const = default;

    template <typename V> void fields(V &v) { v(request, ok, confirmed, error); }
};

} // namespace drover
