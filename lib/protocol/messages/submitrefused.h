// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! There is no such task, and why.
struct SubmitRefused
{
    static constexpr Kind kind = Kind::SubmitRefused;

    quint64 seq = 0;
    TaskId id;
    Error error;

    bool operator==(const SubmitRefused &) const = default;

    template <typename V> void fields(V &v) { v(seq, id, error); }
};

} // namespace drover
