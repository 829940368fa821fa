// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/verb.h"

#include <QtCore/QFile>

#include <cstdio>

namespace drover::cli {

namespace {

void declare(QCommandLineParser &parser)
{
    declareTaskOptions(parser);
    parser.addOptions({
        {QStringLiteral("env"), Client::tr("A variable for the command; may be repeated."),
         QStringLiteral("name=value")},
        {QStringLiteral("cwd"), Client::tr("The folder on the worker to run it in; a fresh one unless given."),
         QStringLiteral("folder")},
        {QStringLiteral("stdin"), Client::tr("Give the command what this program reads from its standard input.")},
    });
}

} // namespace

Result<Command> commandOf(const Shell &shell)
{
    const QStringList words = shell.arguments();
    if (words.isEmpty())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("give a command: drover run -- sh -c 'echo hello'"));
    Command command(words.constFirst());
    command.args(words.sliced(1));
    for (const QString &pair : shell.values(QStringLiteral("env"))) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorCode::InvalidArgument, QStringLiteral("--env takes name=value, got \"%1\"").arg(pair));
        command.environment(pair.first(equals), pair.sliced(equals + 1));
    }
    if (shell.isSet(QStringLiteral("cwd")))
        command.workingDirectory(shell.value(QStringLiteral("cwd")));
    if (!shell.isSet(QStringLiteral("stdin")))
        return command;
    QFile input;
    if (!input.open(stdin, QFile::ReadOnly))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("standard input cannot be read: %1").arg(input.errorString()));
    const QByteArray bytes = input.read(maxInlineValue);
    if (!input.read(1).isEmpty())
        return fail(ErrorCode::TooLarge,
                    QStringLiteral("standard input is longer than %1 MiB; put it into a file that the worker can read")
                        .arg(maxInlineValue / 1024 / 1024));
    command.input(bytes);
    return command;
}

namespace {

//! The code the command ended with, as a shell has it: 128 + signal for a death by signal.
std::optional<int> codeOf(const Error &error)
{
    if (error.reason() != Reason::ExitCode)
        return std::nullopt;
    const int signal = error.details().value(QStringLiteral("signal")).toInt();
    return signal ? 128 + signal : error.details().value(QStringLiteral("exitCode")).toInt();
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<Options> options = taskOptions(shell);
    const Result<Command> command = commandOf(shell);
    if (!options || !command)
        co_return shell.failed(!options ? options.error() : command.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Submitted<CommandResult> task = shell.client().submit(*command, *options);
    const Interruptible interruptible(shell, task.task());
    const std::unique_ptr<TaskHandle> handle(shell.client().watch(task.id(), nullptr));
    std::unique_ptr<OutputPrinter> printer;
    if (!shell.wantsJson())
        printer = std::make_unique<OutputPrinter>(handle.get());
    const Result<CommandResult> result = co_await task;
    const std::optional<int> code = result ? result->exitCode() : codeOf(result.error());
    if (printer && code && !printer->isDone())
        (void)co_await printer->finished();
    if (interruptible.wasInterrupted())
        co_return Interrupted;
    if (!code)
        co_return shell.failed(result.error());
    if (shell.wantsJson()) {
        const CommandResult output =
            result ? *result : CommandResult::fromError(result.error()).value_or(CommandResult());
        shell.print(QJsonObject{{QStringLiteral("id"), task.id().toString()},
                                {QStringLiteral("exitCode"), *code},
                                {QStringLiteral("output"), toJson(QVariant(output.output()))},
                                {QStringLiteral("errorOutput"), toJson(QVariant(output.errorOutput()))},
                                {QStringLiteral("truncated"), output.isOutputTruncated()}});
    }
    co_return *code;
}

} // namespace

const Verb runVerb{"run",
                   "-- COMMAND [ARGUMENT...]",
                   "Runs a command on a worker, with its output and its exit code",
                   false,
                   true,
                   declare,
                   run};

} // namespace drover::cli
