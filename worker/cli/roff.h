// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/verb.h"

namespace drover::cli {

//! The manual page drover(1), and that of one verb, in the man macros of roff.
QString mainPage();
QString pageOf(const Verb &verb);

//! \a text as roff prints it unchanged.
QString roff(const QString &text);

} // namespace drover::cli
