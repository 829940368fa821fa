// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "task/stream.h"

namespace drover {

template <> struct WireEnum<StreamItem::Kind>
{
    static constexpr auto first = StreamItem::Progress;
    static constexpr auto last = StreamItem::End;
};

} // namespace drover
