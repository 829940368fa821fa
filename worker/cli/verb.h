// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/shell.h"

#include <span>

namespace drover::cli {

//! The exit codes of every verb; the table in README.md is this one.
enum ExitCode : int {
    Success = 0,
    TaskFailure = 1, //!< the task failed; `run`: the command's own code instead
    UsageError = 2,
    TimedOut = 124,
    DroverFailure = 125, //!< no broker, not trusted, disk full, ...
    NotRunnable = 126,
    CommandNotFound = 127,
    Interrupted = 130,
};

//! One verb of the shell.
struct Verb
{
    const char *name;
    const char *arguments; //!< as the usage line shows them
    const char *summary; //!< one line
    bool isHidden = false;
    bool takesCommand = false; //!< everything from the first argument on is the command's, options too
    void (*declare)(QCommandLineParser &parser);
    QCoro::Task<int> (*run)(Shell &shell); //!< or null:
    int (*runAlone)(Shell &shell) = nullptr; //!< brings its own event loop
};

//! All verbs in the order of `drover --help`.
std::span<const Verb *const> verbs();

extern const Verb brokerVerb, callVerb, cancelVerb, discoverVerb, executorVerb, runVerb, showVerb, statusVerb,
    submitVerb, trustVerb, waitVerb, workerVerb, workersVerb;

} // namespace drover::cli
