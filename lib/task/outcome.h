// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/payload.h"

namespace drover {

//! How an attempt or a task ended: the encoded result, or the error.
using Outcome = Result<Payload>;

} // namespace drover
