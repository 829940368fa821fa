// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks for a large value; BlobData follows.
struct BlobGet
{
    static constexpr Kind kind = Kind::BlobGet;

    quint64 number = 0; //!< counts the gets of a session
    TaskId task; //!< whose argument or result it is
    QByteArray hash;
    quint64 offset = 0; //!< to begin at

    bool operator==(const BlobGet &) const = default;

    template <typename V> void fields(V &v) { v(number, task, hash, offset); }
};

} // namespace drover
