// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/clock.h"

#include <windows.h>

#include <realtimeapiset.h>

namespace drover {

MonotonicTime SystemClock::monotonic() const
{
    ULONGLONG hundredNanoseconds = 0;
    QueryInterruptTimePrecise(&hundredNanoseconds);
    return MonotonicTime(std::chrono::nanoseconds(static_cast<long long>(hundredNanoseconds) * 100));
}

} // namespace drover
