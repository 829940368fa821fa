// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/blobs.h"
#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"

namespace drover {

//! A part of a large value that was asked for. At most blobWindow bytes beyond the last BlobRead are under way.
struct BlobData
{
    static constexpr Kind kind = Kind::BlobData;

    quint64 number = 0;
    quint64 offset = 0; //!< of this part
    QByteArray bytes; //!< at most blobChunk
    Error error; //!< the get has failed, and is over

    bool operator==(const BlobData &) const = default;

    template <typename V> void fields(V &v) { v(number, offset, bytes, error); }
};

} // namespace drover
