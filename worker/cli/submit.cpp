// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    declareTaskOptions(options);
    options.addOption({QStringLiteral("command"), Client::tr("The arguments are a command, not a function.")});
}

QCoro::Task<int> durable(Shell &shell, std::shared_ptr<PendingTask> task)
{
    const Submitted<void> submitted(task);
    const Result<void> accepted = co_await submitted.accepted();
    if (!accepted)
        co_return shell.failed(accepted.error());
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), submitted.id().toString()}});
    else
        shell.print(submitted.id().toString());
    co_return Success;
}

QCoro::Task<int> run(Shell &shell)
{
    const QStringList words = shell.arguments();
    if (words.isEmpty())
        co_return shell.failed(
            Error(ErrorCode::InvalidArgument,
                  QStringLiteral("give a function and its arguments, or --command -- and a command")));
    const Result<Options> options = taskOptions(shell);
    if (!options)
        co_return shell.failed(options.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    if (shell.isSet(QStringLiteral("command"))) {
        Command command(words.constFirst());
        command.args(words.sliced(1));
        const Submitted<CommandResult> task = shell.client().submit(command, *options);
        co_return co_await durable(shell, task.task());
    }
    const Result<QVariantList> arguments = co_await argumentsOf(shell, words.constFirst(), words.sliced(1));
    if (!arguments)
        co_return shell.failed(arguments.error());
    const Submitted<QVariant> task = shell.client().submit(words.constFirst(), *arguments, *options);
    co_return co_await durable(shell, task.task());
}

} // namespace

const Verb submitVerb{
    .name = "submit",
    .arguments = "FUNCTION [ARGUMENT...] | --command -- COMMAND...",
    .summary = "Queues a task and prints its id once it is durable",
    .description =
        "The task runs whether or not anybody waits for it. `drover wait`, `result`, `logs` and `show` take the id.",
    .examples = {{"drover submit lab.add 2 3", "Queues a call."},
                 {"drover submit --eta +1h --command -- make clean", "Queues a command for an hour later."}},
    .completes = Words::Functions,
    .takesCommand = true,
    .declare = declare,
    .run = run};

} // namespace drover::cli
