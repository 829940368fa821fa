// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"
#include "task/queuesettings.h"

namespace drover {

//! Writes a consistent copy of the store at \a store, which is in use, to \a path, for its owner alone, syncs it, and tells its size. Large
//! values come along. InvalidArgument when the path is not absolute, or when there is something, or beside it something that
//! would belong to it; throws StorageFailed when it cannot be written, and leaves nothing behind then.
Result<MaintenanceResult> backUp(const QString &store, const QString &path);

} // namespace drover
