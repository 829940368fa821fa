// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include <QtCore/QDateTime>

namespace drover::cli {

namespace {

void declare(OptionList &) {}

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
    const QString text = sentence(*task);
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), id->toString()},
                                {QStringLiteral("state"), toString(task->state)},
                                {QStringLiteral("why"), text}});
    else
        shell.print(text);
    co_return Success;
}

} // namespace

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
    .run = run};

} // namespace drover::cli
