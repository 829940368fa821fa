// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/outcome.h"
#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOption(
        {QStringLiteral("timeout"), Client::tr("Give up after this time: 90, 10m, 2h."), QStringLiteral("time")});
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    const Result<Milliseconds> patience = patienceOf(shell, Options::unlimited);
    if (!id || !patience)
        co_return shell.failed(!id ? id.error() : patience.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    co_return co_await printResultOf(shell, *id, qMax(*patience, Milliseconds(1)));
}

} // namespace

const Verb waitVerb{
    .name = "wait",
    .arguments = "ID",
    .summary = "Waits for a task and prints its result",
    .description =
        "Prints what `drover call` or `drover run` would have printed, once the task has ended. Ctrl-C leaves it "
        "running.",
    .examples = {{"drover wait --timeout 10m 01980c9e-62d1-7000-8092-2093acc813ee", "Waits for ten minutes at most."}},
    .exits = {{"1", "The task failed, or was cancelled."},
              {"124", "It has not ended within --timeout; it goes on."},
              {"130", "Ctrl-C; it goes on."},
              {"other", "The exit code of the task's command."}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run};

} // namespace drover::cli
