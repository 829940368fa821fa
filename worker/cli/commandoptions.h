// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/shell.h"

namespace drover::cli {

//! Those of commands: --env, --cwd.
void declareCommandOptions(OptionList &options);
//! The command that \a words are, with its options. InvalidArgument says what is missing or wrong.
Result<Command> commandOf(const Shell &shell, const QStringList &words);

} // namespace drover::cli
