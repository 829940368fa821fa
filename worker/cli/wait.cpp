// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include <QtCore/QTimer>

namespace drover::cli {

namespace {

void declare(QCommandLineParser &parser)
{
    parser.addOption(
        {QStringLiteral("timeout"), Client::tr("Give up after this time: 90, 10m, 2h."), QStringLiteral("time")});
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    Milliseconds patience = Options::unlimited;
    if (shell.isSet(QStringLiteral("timeout"))) {
        const Result<Milliseconds> time = durationFromText(shell.value(QStringLiteral("timeout")));
        if (!time)
            co_return shell.failed(time.error());
        patience = *time;
    }
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Submitted<QVariant> task = shell.client().attach(*id);
    QTimer timer;
    if (patience != Options::unlimited) {
        QObject::connect(&timer, &QTimer::timeout, &timer, [pending = task.task()] {
            pending->abandon(
                Error(ErrorCode::Timeout, QStringLiteral("The task has not ended in the given time; it goes on.")));
        });
        timer.setSingleShot(true);
        timer.start(patience);
    }
    const Result<QVariant> result = co_await task;
    if (!result)
        co_return shell.failed(result.error());
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("id"), id->toString()}, {QStringLiteral("result"), toJson(*result)}});
    else if (const QString text = toText(*result); !text.isEmpty())
        shell.print(text);
    co_return Success;
}

} // namespace

const Verb waitVerb{"wait", "ID", "Waits for a task and prints its result", false, false, declare, run};

} // namespace drover::cli
