// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "transport/channel.h"

#include <memory>
#include <utility>

namespace drover {

//! Two ends of a channel within this process. Both begin in the calling thread; each may be moved to another thread
//! (moveToThread) before it is used. Frames are handed over in batches: one wake-up of the receiver, however many
//! were sent before it woke. Destroying an end is a close() of it.
DROVER_CORE_EXPORT std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>> makeMemoryPair();

} // namespace drover
