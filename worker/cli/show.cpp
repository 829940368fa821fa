// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include <QtCore/QDateTime>

// The verbs that tell what the broker knows of one task.
namespace drover::cli {

namespace {

void declare(OptionList &) {}

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

void row(Shell &shell, const char *label, const QString &value)
{
    if (!value.isEmpty())
        shell.print(QStringLiteral("%1 %2").arg(QString::fromLatin1(label), -10).arg(value));
}

QString stateText(State state, Reason reason)
{
    return reason == Reason::None ? toString(state) : toString(state) + QStringLiteral(" (%1)").arg(toString(reason));
}

QString orphanText(const OrphanInfo &orphan)
{
    const QString what = orphan.ok ? QStringLiteral("a result of %1 bytes").arg(orphan.size) : orphan.error.message();
    return QStringLiteral("attempt %1 on %2, at %3: %4")
        .arg(orphan.attempt)
        .arg(orphan.worker, timeText(orphan.receivedMs), what);
}

void print(Shell &shell, const TaskInfo &task)
{
    row(shell, "task", task.id.toString());
    row(shell, "function", task.function + (task.summary.isEmpty() ? QString() : QStringLiteral("  ") + task.summary));
    row(shell, "state", stateText(task.state, task.reason));
    row(shell, "asked", toString(task.asked));
    row(shell, "why", task.why);
    row(shell, "queue", task.queue + (task.priority ? QStringLiteral(", priority %1").arg(task.priority) : QString()));
    row(shell, "owner", task.owner);
    row(shell, "parent", task.parent.isNull() ? QString() : task.parent.toString());
    row(shell, "submitted", timeText(task.submittedMs));
    if (task.finishedMs)
        row(shell, "finished", timeText(task.finishedMs));
    row(shell, "error", task.error.message());
    for (const AttemptInfo &attempt : task.attempts) {
        QString text = QStringLiteral("%1 on %2: %3")
                           .arg(attempt.number)
                           .arg(attempt.worker, stateText(attempt.state, attempt.error.reason()));
        if (attempt.startedMs && attempt.finishedMs)
            text += QStringLiteral(", %1 ms").arg(attempt.finishedMs - attempt.startedMs);
        if (attempt.error.code() != ErrorCode::None)
            text += QStringLiteral("; ") + attempt.error.message();
        row(shell, "attempt", text);
    }
    for (const OrphanInfo &orphan : task.orphans)
        row(shell, "too late", orphanText(orphan));
}

QString sentence(const TaskInfo &task)
{
    if (isFinal(task.state))
        return QStringLiteral("It has ended: %1.").arg(toString(task.state));
    if (!task.why.isEmpty())
        return task.why;
    if (task.asked != Asked::Nothing)
        return QStringLiteral("%1 has yet to confirm: %2.").arg(task.worker, toString(task.asked));
    if (!task.startedMs)
        return QStringLiteral("%1 has it and begins it next.").arg(task.worker);
    return QStringLiteral("It runs on %1 since %2.")
        .arg(task.worker, QDateTime::fromMSecsSinceEpoch(task.startedMs).toString(Qt::ISODate));
}

void printWhy(Shell &shell, const TaskInfo &task)
{
    const QString text = sentence(task);
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), task.id.toString()},
                                {QStringLiteral("state"), toString(task.state)},
                                {QStringLiteral("why"), text}});
    else
        shell.print(text);
}

void printAll(Shell &shell, const TaskInfo &task)
{
    if (shell.wantsJson())
        shell.print(toJson(task));
    else
        print(shell, task);
}

template <auto tell> QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<TaskInfo> task = co_await shell.client().show(*id);
    if (!task)
        co_return shell.failed(task.error());
    tell(shell, *task);
    co_return Success;
}

} // namespace

const Verb showVerb{.name = "show",
                    .arguments = "ID",
                    .summary = "Shows a task: its state, its attempts, its error",
                    .description =
                        "Everything that the broker knows of one task, and why it waits if it does. "
                        "`asked` is what its worker has yet to confirm; `too late` are results of attempts whose "
                        "lease had gone to another one, or that came after the end.",
                    .examples = {{"drover show 01980c9e-62d1-7000-8092-2093acc813ee", "Shows this task."}},
                    .completes = Words::Tasks,
                    .declare = declare,
                    .run = run<printAll>};

const Verb whyVerb{
    .name = "why",
    .arguments = "ID",
    .summary = "Says in one sentence what a task waits for",
    .description =
        "The broker's own reason: its queue is paused and by whom, no worker has its function or its tags, all slots are "
        "busy, its time has not come, it waits for tasks of its own. For a task that runs, where; for one that has ended, how.",
    .examples = {{"drover why 01980c9e-62d1-7000-8092-2093acc813ee", "Why does this task not run?"}},
    .completes = Words::Tasks,
    .declare = declare,
    .run = run<printWhy>};

} // namespace drover::cli
