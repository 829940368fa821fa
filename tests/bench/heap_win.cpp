// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "heap.h"

#include <windows.h>

qint64 usedHeap()
{
    qint64 used = 0;
    const HANDLE heap = GetProcessHeap();
    PROCESS_HEAP_ENTRY entry;
    entry.lpData = nullptr;
    HeapLock(heap);
    while (HeapWalk(heap, &entry)) {
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)
            used += qint64(entry.cbData) + entry.cbOverhead;
    }
    HeapUnlock(heap);
    return used;
}
