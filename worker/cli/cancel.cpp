// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(QCommandLineParser &) {}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskId> id = idArgument(shell);
    if (!id)
        co_return shell.failed(id.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<CancelOutcome> outcome = co_await shell.client().cancel(*id);
    if (!outcome && outcome.error().code() == ErrorCode::NotFound)
        co_return shell.failed(Error(ErrorCode::NotFound, QStringLiteral("There is no task %1.").arg(id->toString())));
    if (!outcome)
        co_return shell.failed(outcome.error());
    static const QHash<CancelOutcome, QString> texts{
        {CancelOutcome::Requested, QStringLiteral("requested; its worker has yet to confirm")},
        {CancelOutcome::Done, QStringLiteral("cancelled")},
        {CancelOutcome::TooLate, QStringLiteral("too late, it had ended before")},
    };
    if (shell.wantsJson())
        shell.print(
            QJsonObject{{QStringLiteral("id"), id->toString()}, {QStringLiteral("outcome"), texts.value(*outcome)}});
    else
        shell.print(texts.value(*outcome));
    co_return *outcome == CancelOutcome::TooLate ? TaskFailure : Success;
}

} // namespace

const Verb cancelVerb{"cancel", "ID", "Cancels a task", false, false, declare, run};

} // namespace drover::cli
