// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/verb.h"

namespace drover::cli {

//! What `drover --help` prints.
QString overview();
//! What `drover VERB --help` prints.
QString helpOf(const Verb &verb);

//! "-h, --help", "--queue <queue>".
QString optionText(const QCommandLineOption &option);
//! \a text in lines of at most \a width characters, each with \a indent spaces in front; lines that begin with four
//! spaces stay as they are.
QString wrapped(const QString &text, int indent = 0, int width = 79);

} // namespace drover::cli
