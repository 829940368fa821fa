// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

namespace drover::cli {

//! From now on the log of this process goes to the end of \a file, with times; to standard error when it is empty.
//! StorageFailed when the file cannot be opened.
Result<void> logToFile(const QString &file);

} // namespace drover::cli
