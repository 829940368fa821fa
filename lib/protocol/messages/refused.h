// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! Why the sender will not talk on; the link closes behind it.
struct Refused
{
    static constexpr Kind kind = Kind::Refused;

    ErrorCode code = ErrorCode::None; //!< of what kind the fault is
    QString message; //!< for a person

    bool operator==(const Refused &) const = default;

    template <typename V> void fields(V &v) { v(code, message); }
};

} // namespace drover
