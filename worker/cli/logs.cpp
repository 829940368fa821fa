// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/outcome.h"
#include "cli/verb.h"
#include "cli/waitreason.h"

#include <QtCore/QTimer>

namespace drover::cli {

namespace {

constexpr Milliseconds quiet{300}; // what a running task has told so far comes without a longer pause

void declare(OptionList &options)
{
    options.addOption({{QStringLiteral("f"), QStringLiteral("follow")},
                       Client::tr("Go on with what the task tells, until it has ended.")});
}

void printKept(Shell &shell, const TaskInfo &task)
{
    for (const AttemptInfo &attempt : task.attempts) {
        if (shell.wantsJson()) {
            shell.print(QJsonObject{{QStringLiteral("attempt"), qint64(attempt.number)},
                                    {QStringLiteral("worker"), attempt.worker},
                                    {QStringLiteral("log"), attempt.log}});
            continue;
        }
        if (task.attempts.size() > 1 && !attempt.log.isEmpty())
            shell.complain(QStringLiteral("attempt %1 on %2:").arg(attempt.number).arg(attempt.worker));
        if (!attempt.log.isEmpty())
            shell.print(attempt.log.chopped(attempt.log.endsWith(u'\n')));
    }
}

//! Of a command what it wrote, of a function what it logged.
QCoro::Task<int> printEnded(Shell &shell, TaskInfo task)
{
    if (task.function != runCommand.name()) {
        printKept(shell, task);
        co_return Success;
    }
    const Submitted<CommandResult> ended = shell.client().attach<CommandResult>(task.id);
    const Result<CommandResult> result = co_await ended;
    if (!exitCodeOf(result))
        co_return shell.failed(result.error());
    (void)printCommand(shell, task.id, result, true);
    co_return Success;
}

QCoro::Task<int> follow(Shell &shell, TaskId id, bool toTheEnd)
{
    const std::unique_ptr<TaskHandle> handle(shell.client().watch(id, nullptr));
    auto *printer = new OutputPrinter(shell, handle.get(), true);
    Answer<int> over;
    QTimer timer;
    if (!toTheEnd) {
        QObject::connect(handle.get(), &TaskHandle::received, &timer, [&timer] { timer.start(); });
        QObject::connect(&timer, &QTimer::timeout, &timer, [tell = over.sink()] { tell(int(Success)); });
        timer.start(quiet);
    }
    QObject::connect(printer, &OutputPrinter::done, &timer, [tell = over.sink()] { tell(int(Success)); });
    QObject::connect(handle.get(), &TaskHandle::failed, &timer,
                     [&shell, tell = over.sink()](const Error &error) { tell(shell.failed(error)); });
    std::optional<WaitReason> reason;
    if (toTheEnd)
        reason.emplace(shell, id);
    const Result<int> code = co_await over;
    if (toTheEnd && printer->isCut())
        shell.complain(QStringLiteral("the rest is not shown: somebody else reads it now, or its worker is gone"));
    co_return *code;
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<TaskInfo> task = co_await shell.client().show(*id);
    if (!task)
        co_return shell.failed(task.error());
    if (isFinal(task->state))
        co_return co_await printEnded(shell, *task);
    printKept(shell, *task);
    const bool follows = shell.isSet(QStringLiteral("follow"));
    if (!follows && task->state != State::Started && task->state != State::Received
        && task->state != State::Cancelling) {
        const QString why = task->why.isEmpty() ? QStringLiteral(".") : QStringLiteral(": ") + task->why;
        shell.complain(QStringLiteral("the task is %1%2 -f waits for what it tells.").arg(toString(task->state), why));
        co_return Success;
    }
    co_return co_await follow(shell, *id, follows);
}

} // namespace

const Verb logsVerb{
    .name = "logs",
    .arguments = "ID",
    .summary = "Prints what a task has logged or written",
    .description =
        "Of a running task what is kept of it, then, with -f, all that follows. Of a function that has ended the last 8 "
        "KiB of each of the last three attempts; of a command its output, byte for byte, errors on standard error.\n\n"
        "A task has one reader at a time: what `drover run` was printing elsewhere comes out there when the command has "
        "ended. Log lines come out with control characters made visible.",
    .examples = {{"drover logs -f 01980c9e-62d1-7000-8092-2093acc813ee", "Follows a task to its end."}},
    .exits = {{"130", "Ctrl-C; the task goes on."}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run};

} // namespace drover::cli
