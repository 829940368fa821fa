// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/clock.h"

#include <mach/mach_time.h>

namespace drover {

MonotonicTime SystemClock::monotonic() const
{
    static const mach_timebase_info_data_t base = [] {
        mach_timebase_info_data_t info{};
        mach_timebase_info(&info);
        return info;
    }();
    const auto ticks = static_cast<unsigned __int128>(mach_continuous_time());
    return MonotonicTime(std::chrono::nanoseconds(static_cast<long long>(ticks * base.numer / base.denom)));
}

} // namespace drover
