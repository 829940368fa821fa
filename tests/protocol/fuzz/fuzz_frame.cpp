// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "samples.h"

using namespace drover;

//! Any bytes as a frame: what is accepted must come out the same when it is written and read once more.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FrameReader reader(QByteArrayView(data, qsizetype(size)));
    while (const auto raw = reader.next()) {
        for (const testing::MessageCase &entry : testing::messageCases()) {
            if (entry.kind != raw->kind)
                continue;
            const auto first = entry.recode(*raw);
            if (!first)
                continue;
            const auto second = entry.recode({raw->kind, *first});
            if (!second || *second != *first)
                abort();
        }
    }
    return 0;
}
