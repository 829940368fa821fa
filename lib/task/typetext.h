// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QVariant>

#include <optional>

namespace drover {

//! Values whose C++ type is not known here, only its canonical text (see task/value.h), as from a shell or QML.

//! \a value as a QVariant that is written the way a \a type is read. `InvalidArgument`: `is int, got "x"`.
//! Text is read as uuid, url, datetime or bytes where such is asked for.
DROVER_CORE_EXPORT Result<QVariant> fitValue(const QString &type, const QVariant &value);
DROVER_CORE_EXPORT Result<void> checkValue(const QString &type, const QVariant &value);

//! The same from what a person typed: `5`, `true`, `1.5s` for a duration, a bare word for a string, JSON for the rest.
DROVER_CORE_EXPORT Result<QVariant> convertText(const QString &type, const QString &text);

//! \a value as compact JSON; also of a lone scalar.
DROVER_CORE_EXPORT QString jsonText(const QVariant &value);
//! Reads any JSON; nothing when \a text is none.
DROVER_CORE_EXPORT std::optional<QVariant> variantFromJson(const QString &text);

} // namespace drover
