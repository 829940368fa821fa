// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(OptionList &) {}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<CancelOutcome> outcome = co_await shell.client().cancel(*id);
    if (!outcome && outcome.error().code() == ErrorCode::NotFound)
        co_return shell.failed(Error(ErrorCode::NotFound, QStringLiteral("There is no task %1.").arg(id->toString())));
    if (!outcome)
        co_return shell.failed(outcome.error());
    static const QHash<CancelOutcome, QString> texts{
        {CancelOutcome::Requested, QStringLiteral("requested; its worker has yet to confirm")},
        {CancelOutcome::Done, QStringLiteral("cancelled")},
        {CancelOutcome::TooLate, QStringLiteral("too late, it had ended before")},
    };
    if (shell.wantsJson())
        shell.print(
            QJsonObject{{QStringLiteral("id"), id->toString()}, {QStringLiteral("outcome"), texts.value(*outcome)}});
    else
        shell.print(texts.value(*outcome));
    co_return *outcome == CancelOutcome::TooLate ? TaskFailure : Success;
}

} // namespace

const Verb cancelVerb{
    .name = "cancel",
    .arguments = "ID",
    .summary = "Cancels a task",
    .description =
        "A task that waits does not run. One that runs is asked to stop, and ends REVOKED once its worker has "
        "confirmed that; should it succeed before, its result stands.",
    .examples = {{"drover cancel 01980c9e-62d1-7000-8092-2093acc813ee", "Cancels this task."}},
    .exits = {{"1", "It had ended before."}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run};

} // namespace drover::cli
