// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QString>

namespace drover {

//! The folder that holds this user's keys, trust files, stores and addresses on this machine.
//! It is `$DROVER_HOME` where set, else `drover/<hash of the machine id>` in the user's local data folder,
//! so that a home shared over the network never mixes two machines. Made (mode 0700) when missing.
DROVER_CORE_EXPORT Result<QString> homeFolder();

//! The interface that `$DROVER_INTERFACE` confines all sockets to ("lo"), or empty for all.
DROVER_CORE_EXPORT QString confinedInterface();

} // namespace drover
