// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"

namespace drover {

//! The exception that is being handled, as Error{TaskFailed, Reason::Exception} with its type's readable name and its
//! text; of a TaskError also what it carries, as the details "cause", "causeReason" and "causeTask".
//! Call it inside of a `catch` only.
Error errorOfCurrentException();

} // namespace drover
