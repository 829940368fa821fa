// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Who asked for it wants a put or a get no more. What is under way still comes, and is ignored: it goes behind the parts of the put.
struct BlobClose
{
    static constexpr Kind kind = Kind::BlobClose;

    quint64 number = 0;
    bool put = false; //!< else a get

    bool operator==(const BlobClose &) const = default;

    template <typename V> void fields(V &v) { v(number, put); }
};

} // namespace drover
