// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"
#include "support/export.h"

namespace drover {

//! The exception that is being handled, as Error{TaskFailed, Reason::Exception} with its type's readable name and its
//! text; of a TaskError also what it carries, as the details "cause", "causeReason" and "causeTask".
//! Call it inside of a `catch` only.
DROVER_CORE_EXPORT Error errorOfCurrentException();

} // namespace drover
