// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/streamitemcodec.h"

namespace drover {

//! Items of an attempt's stream, in order. Numbers that are missing were dropped (StreamItem::Lost says so).
struct StreamItems
{
    static constexpr Kind kind = Kind::StreamItems;

    TaskId id;
    quint32 attempt = 0;
    QList<StreamItem> items; //!< in order
    bool end = false; //!< no more of this attempt

    bool operator==(const StreamItems &) const = default;

    template <typename V> void fields(V &v) { v(id, attempt, items, end); }
};

} // namespace drover
