// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QLockFile>

#include <memory>

namespace drover {

//! The right to be the worker \a name of \a home, until it is destroyed: two of one name would be one to their broker, and end each
//! other's sessions. Conflict when another has it; a lock whose process has died is taken over.
DROVER_WORKER_EXPORT Result<std::unique_ptr<QLockFile>> lockWorkerName(const QString &home, const QString &name);

} // namespace drover
