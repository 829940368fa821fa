// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QString>

namespace drover {

//! The program `drover`: `$DROVER_PROGRAM`, or beside this application, or on the PATH. NotFound tells where was looked.
DROVER_CORE_EXPORT Result<QString> droverProgram();

} // namespace drover
