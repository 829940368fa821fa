// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/rows.h"

#include <cstdlib>

using namespace drover;

namespace {

template <typename T> void check(QByteArrayView bytes)
{
    const auto value = decodeRow<T>(bytes);
    if (value && encodeRow(*decodeRow<T>(encodeRow(*value))) != encodeRow(*value))
        abort();
}

} // namespace

//! Any bytes as a row of a live table.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    check<TaskInfo>(bytes);
    check<WorkerInfo>(bytes);
    check<QueueInfo>(bytes);
    check<BatchInfo>(bytes);
    return 0;
}
