// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/outcome.h"
#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {{QStringLiteral("w"), QStringLiteral("wait")}, Client::tr("Wait for the end of the task.")},
        {QStringLiteral("timeout"), Client::tr("Give up waiting after this time: 90, 10m, 2h."),
         QStringLiteral("time")},
    });
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    const bool waits = shell.isSet(QStringLiteral("wait"));
    const Result<Milliseconds> patience = patienceOf(shell, waits ? Options::unlimited : Milliseconds(0));
    if (!id || !patience)
        co_return shell.failed(!id ? id.error() : patience.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    co_return co_await printResultOf(shell, *id, *patience);
}

} // namespace

const Verb resultVerb{
    .name = "result",
    .arguments = "ID",
    .summary = "Prints the result of a task that has ended",
    .description =
        "The value of a function as text or JSON; what a command wrote, byte for byte, with the command's exit code.",
    .examples = {{"drover result 01980c9e-62d1-7000-8092-2093acc813ee > out", "What its command wrote."},
                 {"drover result -w 01980c9e-62d1-7000-8092-2093acc813ee", "Waits for it first."}},
    .exits = {{"1", "The task failed, or was cancelled."},
              {"124", "It has not ended."},
              {"130", "Ctrl-C; the task goes on."},
              {"other", "The exit code of the task's command."}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run};

} // namespace drover::cli
