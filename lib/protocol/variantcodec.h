// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "support/export.h"

#include <QtCore/QVariantMap>

namespace drover {

//! Containers inside containers of a QVariant; deeper ones are written as null and refused when read.
inline constexpr int maxVariantDepth = 8;
//! Elements of all containers together; a container that would exceed it is written as null and refused when read.
inline constexpr qsizetype maxVariantItems = 4096;

//! Basic types as plain CBOR: null, bool, integers (read as qint64, above its range quint64), double, QString,
//! QByteArray, lists, maps with text keys; QDateTime, QUrl and QUuid under the tags 0, 32 and 37.
//! Other types are written as their text, or null when they have none. A drover::Id is read back as QUuid.
template <> struct DROVER_CORE_EXPORT Codec<QVariant>
{
    static void write(CborWriter &writer, const QVariant &value);
    static void read(CborReader &reader, QVariant &value);
};

template <> struct DROVER_CORE_EXPORT Codec<QVariantMap>
{
    static void write(CborWriter &writer, const QVariantMap &map);
    static void read(CborReader &reader, QVariantMap &map);
};

} // namespace drover
