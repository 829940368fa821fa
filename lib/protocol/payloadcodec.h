// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "support/export.h"
#include "task/payload.h"

namespace drover {

template <> struct WireEnum<ContentType>
{
    static constexpr auto first = ContentType::Cbor;
    static constexpr auto last = ContentType::Named;
};

//! Inline bytes are a byte string, the others arrays that begin with their number:
//! `[2, sha256, size]` a blob, `[3, task]` the result of a task, `[4, name, size]` a file that agent and executor share.
template <> struct DROVER_CORE_EXPORT Codec<Segment>
{
    static void write(CborWriter &writer, const Segment &segment);
    static void read(CborReader &reader, Segment &segment);
};

//! `[content type, codec, [segment...]]`
template <> struct DROVER_CORE_EXPORT Codec<Payload>
{
    static void write(CborWriter &writer, const Payload &payload);
    static void read(CborReader &reader, Payload &payload);
};

} // namespace drover
