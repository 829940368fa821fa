// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! How far a put has come.
struct BlobStored
{
    static constexpr Kind kind = Kind::BlobStored;

    quint64 number = 0;
    quint64 offset = 0; //!< bytes before this one are written
    bool done = false; //!< all is durable, and the hash was right
    Error error; //!< the put has failed, and is over

    bool operator==(const BlobStored &) const = default;

    template <typename V> void fields(V &v) { v(number, offset, done, error); }
};

} // namespace drover
