// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/blobs.h"
#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! A part of a large value, on its way to the broker. At most blobWindow bytes beyond the last BlobStored are under way.
struct BlobPut
{
    static constexpr Kind kind = Kind::BlobPut;

    quint64 number = 0; //!< counts the puts of a session
    quint64 size = 0; //!< of the whole value
    quint64 offset = 0; //!< of this part: parts come in order, without gaps
    QByteArray bytes; //!< at most blobChunk
    QByteArray hash; //!< with the last part: SHA-256 of the whole value; else empty

    bool operator==(const BlobPut &) const = default;

    template <typename V> void fields(V &v) { v(number, size, offset, bytes, hash); }
};

} // namespace drover
