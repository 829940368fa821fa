// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/shell.h"

namespace drover::cli {

//! The code that a command ended with, as a shell has it: 128 + signal for a death by signal. Nothing when it did not run.
std::optional<int> exitCodeOf(const Result<CommandResult> &result);
//! What a command wrote, also one that failed.
CommandResult outputOf(const Result<CommandResult> &result);
//! Prints the end of a command: as JSON where that is wanted, else what it wrote if \a withOutput. The exit code of the verb.
int printCommand(Shell &shell, TaskId id, const Result<CommandResult> &result, bool withOutput);
//! Prints the result of a function. The exit code of the verb.
int printValue(Shell &shell, TaskId id, const Result<QVariant> &result);
//! Waits for the end of the task \a id, at most \a patience, and prints its result. The exit code of the verb.
QCoro::Task<int> printResultOf(Shell &shell, TaskId id, Milliseconds patience);

} // namespace drover::cli
