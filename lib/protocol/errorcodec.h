// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "support/error.h"
#include "support/export.h"

namespace drover {

//! A code of a later version is read as Internal, so that its message still reaches a person.
template <> struct DROVER_CORE_EXPORT Codec<ErrorCode>
{
    static void write(CborWriter &writer, ErrorCode code) { writer.unsignedInt(quint64(code)); }
    static void read(CborReader &reader, ErrorCode &code);
};

//! A reason of a later version is read as None.
template <> struct DROVER_CORE_EXPORT Codec<Reason>
{
    static void write(CborWriter &writer, Reason reason) { writer.unsignedInt(quint64(reason)); }
    static void read(CborReader &reader, Reason &reason);
};

//! `[code, reason, transient, message, type name, details, task, attempt]`; null for a default-constructed Error.
template <> struct DROVER_CORE_EXPORT Codec<Error>
{
    static void write(CborWriter &writer, const Error &error);
    static void read(CborReader &reader, Error &error);
};

} // namespace drover
