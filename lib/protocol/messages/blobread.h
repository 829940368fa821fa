// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! How far a get has been read: more may be sent.
struct BlobRead
{
    static constexpr Kind kind = Kind::BlobRead;

    quint64 number = 0;
    quint64 offset = 0; //!< bytes before this one have arrived

    bool operator==(const BlobRead &) const = default;

    template <typename V> void fields(V &v) { v(number, offset); }
};

} // namespace drover
