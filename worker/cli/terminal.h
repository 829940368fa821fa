// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

namespace drover::cli {

//! Whether a person looks at standard output, or at standard error.
bool isOutputTerminal();
bool isErrorTerminal();
//! The columns of the terminal behind standard error; 80 when that is not known.
int terminalWidth();

} // namespace drover::cli
