// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

// The verbs that look after the broker's store while it runs.
namespace drover::cli {

namespace {

void declare(OptionList &) {}

void print(Shell &shell, const MaintenanceResult &result, const QString &text)
{
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("before"), qint64(result.bytesBefore)},
                                {QStringLiteral("after"), qint64(result.bytesAfter)}});
    else
        shell.print(text);
}

QCoro::Task<int> backup(Shell &shell)
{
    if (shell.arguments().size() != 1)
        co_return shell.failed(Error(ErrorCode::InvalidArgument, QStringLiteral("give the file to write")));
    if (!co_await shell.connected())
        co_return DroverFailure;
    const QString path = shell.arguments().constFirst();
    const Result<MaintenanceResult> result = co_await shell.client().backup(path);
    if (!result)
        co_return shell.failed(result.error());
    print(shell, *result, QStringLiteral("%1: %2 bytes").arg(path).arg(result->bytesAfter));
    co_return Success;
}

QCoro::Task<int> compact(Shell &shell)
{
    if (!shell.arguments().isEmpty())
        co_return shell.failed(Error(ErrorCode::InvalidArgument, QStringLiteral("compact takes no arguments")));
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<MaintenanceResult> result = co_await shell.client().compact();
    if (!result)
        co_return shell.failed(result.error());
    print(shell, *result, QStringLiteral("%1 bytes, before %2").arg(result->bytesAfter).arg(result->bytesBefore));
    co_return Success;
}

} // namespace

const Verb backupVerb{
    .name = "backup",
    .arguments = "FILE",
    .summary = "Writes a copy of the broker's store",
    .description =
        "The broker writes a consistent copy of its queues and its history to FILE on its own machine, while it "
        "goes on. FILE must be an absolute path where nothing is yet. `drover broker --store FILE` opens the copy.",
    .examples = {{"drover backup /backup/drover-monday.db", "Copies the store."}},
    .completes = Words::Files,
    .declare = declare,
    .run = backup};

const Verb compactVerb{.name = "compact",
                       .arguments = "",
                       .summary = "Gives unused space of the broker's store back",
                       .description =
                           "What was deleted leaves empty pages in the file of the broker, which are used again. "
                           "This gives them back to the file system, a few at a time, while the broker goes on.",
                       .examples = {{"drover compact", "Shortens the file."}},
                       .declare = declare,
                       .run = compact};

} // namespace drover::cli
