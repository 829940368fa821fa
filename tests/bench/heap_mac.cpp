// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "heap.h"

#include <malloc/malloc.h>

qint64 usedHeap()
{
    malloc_statistics_t statistics;
    malloc_zone_statistics(nullptr, &statistics);
    return qint64(statistics.size_in_use);
}
