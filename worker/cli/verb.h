// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/optionlist.h"
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

//! What a word of the command line can be, for the shells' completion.
enum class Words : quint8 { None, Tasks, Functions, Queues, Workers, States, Files, Folders, Commands, Shells, Verbs };

//! A command line worth showing, and what it does.
struct Example
{
    const char *command = nullptr;
    const char *meaning = nullptr;
};

//! What an exit code means for one verb.
struct Exit
{
    const char *code = nullptr;
    const char *meaning = nullptr;
};

//! One verb of the shell: help, manual and completions are made from this.
struct Verb
{
    const char *name;
    const char *arguments; //!< as the usage line shows them
    const char *summary; //!< one line
    const char *description =
        ""; //!< paragraphs, apart by an empty line; lines with four spaces in front stay as they are
    Example examples[5] = {};
    Exit exits[6] = {}; //!< beyond 0, 2 and 125, which are the same everywhere
    Words completes = Words::None; //!< the first argument
    bool isHidden = false;
    bool takesCommand = false; //!< everything from the first argument on is the command's, options too
    bool needsBroker = true; //!< false: works without one
    void (*declare)(OptionList &options);
    QCoro::Task<int> (*run)(Shell &shell) = nullptr; //!< or null:
    int (*runAlone)(Shell &shell) = nullptr; //!< brings its own event loop
};

//! All verbs in the order of `drover --help`.
std::span<const Verb *const> verbs();
//! The verb called \a name, or null.
const Verb *findVerb(const QString &name);
//! Its own options and those that all verbs have.
QList<QCommandLineOption> optionsOf(const Verb &verb);
//! What the value of \a option can be.
Words completionOf(const QCommandLineOption &option);
//! The exit codes of \a verb, those that all share among them, in rising order.
QList<Exit> exitsOf(const Verb &verb);

extern const Verb backupVerb, brokerVerb, callVerb, cancelVerb, compactVerb, completionVerb, discoverVerb, eventsVerb,
    executorVerb, killVerb, listVerb, logsVerb, manualVerb, mapVerb, pauseVerb, purgeVerb, queueVerb, restoreVerb,
    resultVerb, resumeVerb, retryVerb, runVerb, showVerb, statusVerb, submitVerb, trustVerb, waitVerb, workerVerb,
    workersVerb, whyVerb;

} // namespace drover::cli
