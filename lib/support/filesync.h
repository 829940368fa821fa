// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QFile>

namespace drover {

//! Waits until the disk has what was written to \a file. False, with the system's reason in its errorString(), when it failed.
DROVER_CORE_EXPORT bool syncFile(QFile &file);
//! Waits until the disk has the names in \a folder, where that is a thing to wait for.
DROVER_CORE_EXPORT bool syncFolder(const QString &folder);
//! Gives \a from the name \a to at once, in place of a file that has it.
DROVER_CORE_EXPORT bool replaceFile(const QString &from, const QString &to);

} // namespace drover
