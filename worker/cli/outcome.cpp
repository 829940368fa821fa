// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/outcome.h"

#include "cli/signals.h"
#include "cli/verb.h"
#include "cli/waitreason.h"

#include <QtCore/QTimer>

#include <cstdlib>

namespace drover::cli {

namespace {

//! Gives up waiting for a task when the time is over or somebody asks to end; the task goes on.
class Patience
{
public:
    Patience(Shell &shell, std::shared_ptr<PendingTask> task, Milliseconds patience)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [task] {
            task->abandon(
                Error(ErrorCode::Timeout, QStringLiteral("The task has not ended in the given time; it goes on.")));
        });
        QObject::connect(&m_signals, &Signals::asked, &m_signals, [this, &shell, task](int count) {
            if (count > 1)
                std::_Exit(Interrupted);
            m_interrupted = true;
            shell.complain(
                QStringLiteral("left; the task goes on, `drover cancel %1` cancels it").arg(task->id().toString()));
            task->abandon(Error(ErrorCode::Timeout, QString()));
        });
        m_timer.setSingleShot(true);
        if (patience != Options::unlimited)
            m_timer.start(patience);
    }
    bool wasInterrupted() const { return m_interrupted; }

private:
    QTimer m_timer;
    Signals m_signals;
    bool m_interrupted = false;
};

} // namespace

std::optional<int> exitCodeOf(const Result<CommandResult> &result)
{
    if (result)
        return result->exitCode();
    const Error &error = result.error();
    if (error.reason() != Reason::ExitCode)
        return std::nullopt;
    const int signal = error.details().value(QStringLiteral("signal")).toInt();
    return signal ? 128 + signal : error.details().value(QStringLiteral("exitCode")).toInt();
}

CommandResult outputOf(const Result<CommandResult> &result)
{
    return result ? *result : CommandResult::fromError(result.error()).value_or(CommandResult());
}

int printCommand(Shell &shell, TaskId id, const Result<CommandResult> &result, bool withOutput)
{
    const std::optional<int> code = exitCodeOf(result);
    if (!code)
        return shell.failed(result.error());
    const CommandResult output = outputOf(result);
    if (shell.wantsJson()) {
        shell.print(QJsonObject{{QStringLiteral("id"), id.toString()},
                                {QStringLiteral("exitCode"), *code},
                                {QStringLiteral("output"), toJson(QVariant(output.output()))},
                                {QStringLiteral("errorOutput"), toJson(QVariant(output.errorOutput()))},
                                {QStringLiteral("truncated"), output.isOutputTruncated()}});
    } else if (withOutput) {
        Shell::writeOutput(output.output());
        Shell::writeErrorOutput(output.errorOutput());
        if (output.isOutputTruncated())
            shell.complain(QStringLiteral("only the head of the output was kept"));
    }
    return *code;
}

int printValue(Shell &shell, TaskId id, const Result<QVariant> &result)
{
    if (!result)
        return shell.failed(result.error());
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), id.toString()}, {QStringLiteral("result"), toJson(*result)}});
    else if (const QString text = toText(*result); !text.isEmpty())
        shell.print(text);
    return Success;
}

QCoro::Task<int> printResultOf(Shell &shell, TaskId id, Milliseconds patience)
{
    const Result<TaskInfo> info = co_await shell.client().show(id);
    if (!info)
        co_return shell.failed(info.error());
    if (patience.count() == 0 && !isFinal(info->state))
        co_return shell.failed(
            Error(ErrorCode::Timeout,
                  QStringLiteral("The task has not ended, it is %1; --wait waits for it.").arg(toString(info->state))));
    const bool isCommand = info->function == runCommand.name();
    const Submitted<QVariant> task = shell.client().attach(id);
    const Patience watch(shell, task.task(), isFinal(info->state) ? Options::unlimited : patience);
    const WaitReason reason(shell, id);
    const Result<QVariant> result = co_await task;
    if (watch.wasInterrupted())
        co_return Interrupted;
    if (isCommand)
        co_return printCommand(shell, id, Submitted<CommandResult>(task.task()).result(), true);
    co_return printValue(shell, id, result);
}

} // namespace drover::cli
