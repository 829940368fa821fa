// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/commandoptions.h"
#include "cli/follow.h"
#include "cli/outcome.h"
#include "cli/verb.h"
#include "cli/waitreason.h"

#include <QtCore/QFile>

#include <cstdio>

namespace drover::cli {

namespace {

constexpr qint64 stdinPart = 1024 * 1024;

void declare(OptionList &options)
{
    declareTaskOptions(options);
    declareCommandOptions(options);
    options.addOption(
        {QStringLiteral("stdin"), Client::tr("Give the command what this program reads from its standard input.")});
}

Result<QByteArray> inputOf(const Shell &shell)
{
    if (!shell.isSet(QStringLiteral("stdin")))
        return QByteArray();
    QFile input;
    if (!input.open(stdin, QFile::ReadOnly))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("standard input cannot be read: %1").arg(input.errorString()));
    QByteArray bytes;
    while (quint64(bytes.size()) <= maxValue) { // a read of so much at once would reserve it
        const QByteArray part = input.read(stdinPart);
        if (part.isEmpty())
            break;
        bytes += part;
    }
    if (quint64(bytes.size()) > maxValue)
        return fail(ErrorCode::TooLarge,
                    QStringLiteral("standard input is longer than %1 GiB; put it into a file that the worker can read")
                        .arg(maxValue >> 30));
    return bytes;
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<Options> options = taskOptions(shell);
    Result<Command> command = commandOf(shell, shell.arguments());
    if (!options || !command)
        co_return shell.failed(!options ? options.error() : command.error());
    const Result<QByteArray> input = inputOf(shell);
    if (!input)
        co_return shell.failed(input.error());
    command->input(*input);
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Submitted<CommandResult> task = shell.client().submit(*command, *options);
    const Interruptible interruptible(shell, task.task());
    const WaitReason reason(shell, task.id());
    const std::unique_ptr<TaskHandle> handle(shell.client().watch(task.id(), nullptr));
    std::unique_ptr<OutputPrinter> printer;
    if (!shell.wantsJson())
        printer = std::make_unique<OutputPrinter>(shell, handle.get());
    const Result<CommandResult> result = co_await task;
    if (printer && exitCodeOf(result) && !printer->isDone())
        (void)co_await printer->finished();
    if (interruptible.wasInterrupted())
        co_return Interrupted;
    if (printer && exitCodeOf(result))
        printer->complete(outputOf(result));
    co_return printCommand(shell, task.id(), result, false);
}

} // namespace

const Verb runVerb{
    .name = "run",
    .arguments = "-- COMMAND [ARGUMENT...]",
    .summary = "Runs a command on a worker, with its output and its exit code",
    .description =
        "The command is started as it is given, by no shell, in a fresh folder on some worker. What it writes comes "
        "out here while it runs, byte for byte, and its exit code is that of this verb.\n\n"
        "Ctrl-C cancels it, and all processes that it started. When no worker can run it, the reason is printed after "
        "one second, and the task waits for one.",
    .examples = {{"drover run -- make -C /srv/project", "Runs make."},
                 {"drover run --tag gpu -- nvidia-smi", "On a worker with the tag gpu."},
                 {"drover run --stdin -- sort < words", "Sorts standard input elsewhere."}},
    .exits = {{"124", "It ran longer than --timeout."},
              {"126", "The command could not be started."},
              {"127", "The command was not found on the worker."},
              {"128+N", "The command died by signal N."},
              {"130", "It was cancelled by Ctrl-C."},
              {"other", "The command's own exit code."}},
    .completes = Words::Commands,
    .takesCommand = true,
    .declare = declare,
    .run = run};

} // namespace drover::cli
