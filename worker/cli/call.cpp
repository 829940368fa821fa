// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(QCommandLineParser &parser)
{
    declareTaskOptions(parser);
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
    const Result<QVariant> result = co_await task;
    if (interruptible.wasInterrupted())
        co_return Interrupted;
    if (!result)
        co_return shell.failed(result.error());
    if (shell.wantsJson())
        shell.print(
            QJsonObject{{QStringLiteral("id"), task.id().toString()}, {QStringLiteral("result"), toJson(*result)}});
    else if (const QString text = toText(*result); !text.isEmpty())
        shell.print(text);
    co_return Success;
}

} // namespace

const Verb callVerb{
    "call", "FUNCTION [ARGUMENT...]", "Runs a function on a worker and prints its result", false, false, declare, run};

} // namespace drover::cli
