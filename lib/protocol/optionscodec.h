// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "support/export.h"
#include "task/options.h"

namespace drover {

//! Unknown options with keys from here on may be ignored by who does not know them; lower ones never.
inline constexpr quint64 firstIgnoredOption = 64;

//! A map of what differs from the default; the key is the place of the field in Options::fields(), from 1.
//! An unknown key below firstIgnoredOption fails with Unsupported: no option is dropped silently.
template <> struct DROVER_CORE_EXPORT Codec<Options>
{
    static void write(CborWriter &writer, const Options &options);
    static void read(CborReader &reader, Options &options);
};

} // namespace drover
