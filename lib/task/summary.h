// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace drover {

//! Arguments as one line of text for tables and search: `2, "abc", [1, 2, …]`. Looks at the head of \a arguments
//! only, whatever their size. Bytes are shown by their number.
DROVER_CORE_EXPORT QString summaryOf(const QByteArray &arguments, bool raw);

//! \a text without line breaks, cut to what a Submission may carry.
DROVER_CORE_EXPORT QString shortened(const QString &text);

} // namespace drover
