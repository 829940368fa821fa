// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

// The verbs that have something done with one task, besides cancelling and retrying it.
namespace drover::cli {

namespace {

void declare(OptionList &) {}

QString doneText(TaskControl control)
{
    switch (control) {
    case TaskControl::Pause: return QStringLiteral("paused");
    case TaskControl::Resume: return QStringLiteral("resumed");
    case TaskControl::Kill: return QStringLiteral("cancelled");
    case TaskControl::Purge: return QStringLiteral("in the trash; `drover restore` takes it out within a day");
    case TaskControl::Restore: return QStringLiteral("restored");
    }
    return {};
}

template <TaskControl control> QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<ControlOutcome> outcome = co_await shell.client().control(*id, control);
    if (!outcome) {
        const int code = shell.failed(outcome.error());
        co_return outcome.error().code() == ErrorCode::Conflict ? int(TaskFailure) : code;
    }
    const bool done = *outcome == ControlOutcome::Done;
    const QString text = done ? doneText(control) : QStringLiteral("requested; its worker has yet to confirm");
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), id->toString()}, {QStringLiteral("confirmed"), done}});
    else
        shell.print(text);
    co_return Success;
}

constexpr Exit conflict{"1", "It has ended, or this does not fit its state."};

} // namespace

const Verb pauseVerb{
    .name = "pause",
    .arguments = "ID",
    .summary = "Lets a task stand still",
    .description =
        "A task that waits is HELD until it is resumed. One that runs stands still where it is, with all that it has "
        "started, and is PAUSED once its worker has confirmed that; it keeps its slot, and its time limits wait with it. "
        "Until then `drover show` says that it was asked.",
    .examples = {{"drover pause 01980c9e-62d1-7000-8092-2093acc813ee", "Pauses this task."}},
    .exits = {conflict},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run<TaskControl::Pause>};

const Verb resumeVerb{.name = "resume",
                      .arguments = "ID",
                      .summary = "Lets a paused task go on",
                      .description = "A HELD task waits for a worker again, at its old place; a PAUSED one goes on.",
                      .examples = {{"drover resume 01980c9e-62d1-7000-8092-2093acc813ee", "Resumes this task."}},
                      .exits = {conflict},
                      .completes = Words::Tasks,
                      .declare = declare,
                      .run = run<TaskControl::Resume>};

const Verb killVerb{
    .name = "kill",
    .arguments = "ID",
    .summary = "Ends a task without asking it",
    .description =
        "As `drover cancel`, but a task that runs is not asked to stop: its process is killed after a second.",
    .examples = {{"drover kill 01980c9e-62d1-7000-8092-2093acc813ee", "Kills this task."}},
    .exits = {conflict},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run<TaskControl::Kill>};

const Verb purgeVerb{
    .name = "purge",
    .arguments = "ID",
    .summary = "Throws a waiting task away, into the trash",
    .description =
        "The task is TRASHED, does not run, and can be taken back by `drover restore` for a day. After that it "
        "is REVOKED.",
    .examples = {{"drover purge 01980c9e-62d1-7000-8092-2093acc813ee", "Throws this task away."}},
    .exits = {conflict},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run<TaskControl::Purge>};

const Verb restoreVerb{.name = "restore",
                       .arguments = "ID",
                       .summary = "Takes a task out of the trash",
                       .description = "The task waits again, under the same id and at its old place.",
                       .examples = {{"drover restore 01980c9e-62d1-7000-8092-2093acc813ee", "Restores this task."}},
                       .exits = {conflict},
                       .completes = Words::Tasks,
                       .declare = declare,
                       .run = run<TaskControl::Restore>};

} // namespace drover::cli
