// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

//! A fingerprint names a key: the SHA-256 of its certificate in DER, 32 bytes. These are its forms for people.
namespace drover {

inline constexpr qsizetype fingerprintSize = 32;
//! As many hex digits must be given where the start of a fingerprint is enough.
inline constexpr qsizetype fingerprintPrefixDigits = 16;

//! "3f2a 91c0 ...": lower-case hex digits in groups of four.
DROVER_CORE_EXPORT QString fingerprintText(QByteArrayView fingerprint);

//! Reads all 64 hex digits in any case and any grouping by spaces, colons or dashes. InvalidArgument says what is wrong.
DROVER_CORE_EXPORT Result<QByteArray> fingerprintFromText(QStringView text);

//! Reads the first 16 to 64 digits, grouped in any way: the plain lower-case hex digits.
DROVER_CORE_EXPORT Result<QString> fingerprintPrefixFromText(QStringView text);

} // namespace drover
