// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "task/queuesettings.h"

namespace drover {

template <> struct WireEnum<QueueDurability>
{
    static constexpr auto first = QueueDurability::Default;
    static constexpr auto last = QueueDurability::Memory;
};

template <> struct WireEnum<Maintenance>
{
    static constexpr auto first = Maintenance::Backup;
    static constexpr auto last = Maintenance::Compact;
};

} // namespace drover
