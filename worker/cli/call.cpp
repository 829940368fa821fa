// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/outcome.h"
#include "cli/verb.h"
#include "cli/waitreason.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    declareTaskOptions(options);
}

QCoro::Task<int> run(Shell &shell)
{
    if (shell.arguments().isEmpty())
        co_return shell.failed(
            Error(ErrorCode::InvalidArgument, QStringLiteral("give the name of a function, such as lab.add")));
    const Result<Options> options = taskOptions(shell);
    if (!options)
        co_return shell.failed(options.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const QString function = shell.arguments().constFirst();
    const Result<QVariantList> arguments = co_await argumentsOf(shell, function, shell.arguments().sliced(1));
    if (!arguments)
        co_return shell.failed(arguments.error());
    const Submitted<QVariant> task = shell.client().submit(function, *arguments, *options);
    const Interruptible interruptible(shell, task.task());
    const WaitReason reason(shell, task.id());
    const Result<QVariant> result = co_await task;
    if (interruptible.wasInterrupted())
        co_return Interrupted;
    co_return printValue(shell, task.id(), result);
}

} // namespace

const Verb callVerb{
    .name = "call",
    .arguments = "FUNCTION [ARGUMENT...]",
    .summary = "Runs a function on a worker and prints its result",
    .description =
        "Arguments are read as JSON, or as bare words where the function wants text, and are checked against the "
        "signature that the workers announce. `drover workers` shows which functions there are.\n\n"
        "Ctrl-C cancels the task. When no worker can run it, the reason is printed after one second, and the task "
        "waits for one.",
    .examples = {{"drover call lab.add 2 3", "Prints 5."},
                 {"drover call --retries 3 --timeout 1m lab.fib 30", "Tries up to four times, a minute each."}},
    .exits = {{"1", "The task failed, or was cancelled."},
              {"124", "It ran longer than --timeout."},
              {"130", "It was cancelled by Ctrl-C."}},
    .completes = Words::Functions,
    .declare = declare,
    .run = run};

} // namespace drover::cli
