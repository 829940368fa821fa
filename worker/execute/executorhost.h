// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QStringList>

namespace drover {

//! The whole of an executor process: loads \a plugins and runs what the agent sends over standard input and output, until the agent
//! closes the pipe. Call it first thing in main(), in a process started for it. It returns only when it could not begin.
DROVER_WORKER_EXPORT int runExecutor(const QStringList &plugins);

} // namespace drover
