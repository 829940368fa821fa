// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! What a client says of a batch of its own, before the first of its items and when it has changed; said again after a
//! lost link. Answered by a BatchChanged only when it is refused.
struct BatchHead
{
    static constexpr Kind kind = Kind::BatchHead;

    TaskId id; //!< ends with four zero bytes
    QString name; //!< at most 200 characters are kept
    qint64 total = -1; //!< items it will have; -1 = not known yet
    quint64 refused = 0; //!< items of these that will never be submitted, or were refused

    bool operator==(const BatchHead &) const = default;

    template <typename V> void fields(V &v) { v(id, name, total, refused); }
};

} // namespace drover
