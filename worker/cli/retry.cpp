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
    const Result<TaskId> next = co_await shell.client().retry(*id);
    if (!next) {
        const int code = shell.failed(next.error());
        co_return next.error().code() == ErrorCode::Conflict ? int(TaskFailure) : code;
    }
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), next->toString()}, {QStringLiteral("retried"), id->toString()}});
    else
        shell.print(next->toString());
    co_return Success;
}

} // namespace

const Verb retryVerb{
    .name = "retry",
    .arguments = "ID",
    .summary = "Runs a task again, or now",
    .description =
        "A task that waits for its next attempt or its time becomes due now and keeps its id. One that has ended runs "
        "again as a new task, with the same arguments, options and owner. Prints the id of the task that will run.",
    .examples = {{"drover wait $(drover retry 01980c9e-62d1-7000-8092-2093acc813ee)", "Runs it again and waits."}},
    .exits = {{"1", "It runs, or waits for a worker: there is nothing to try again."}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run};

} // namespace drover::cli
