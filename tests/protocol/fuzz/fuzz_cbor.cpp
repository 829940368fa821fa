// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborreader.h"
#include "protocol/variantcodec.h"

#include <cstdlib>

using namespace drover;

//! Any bytes as a sequence of items and as a QVariant: a reader never leaves its bytes and always ends.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    CborReader items(bytes);
    while (!items.atEnd()) {
        const qsizetype before = items.offset();
        items.skip();
        if (items.ok() && items.offset() <= before)
            abort();
    }
    CborReader reader(bytes);
    QVariant value;
    Codec<QVariant>::read(reader, value);
    if (reader.offset() > bytes.size())
        abort();
    return 0;
}
