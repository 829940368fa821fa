// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include <QtCore/QDateTime>

namespace drover::cli {

namespace {

void declare(OptionList &) {}

QCoro::Task<int> run(Shell &shell)
{
    shell.startNoBroker();
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<BrokerStatus> answer = co_await shell.client().status();
    if (!answer)
        co_return shell.failed(answer.error());
    const BrokerStatus &status = *answer;
    if (shell.wantsJson()) {
        shell.print(QJsonObject{{QStringLiteral("name"), status.name},
                                {QStringLiteral("version"), status.version},
                                {QStringLiteral("address"), status.address},
                                {QStringLiteral("pid"), status.pid},
                                {QStringLiteral("store"), status.store},
                                {QStringLiteral("durability"), status.durability},
                                {QStringLiteral("log"), status.log},
                                {QStringLiteral("epoch"), qint64(status.epoch)},
                                {QStringLiteral("queued"), qint64(status.queued)},
                                {QStringLiteral("running"), qint64(status.running)},
                                {QStringLiteral("finished"), qint64(status.finished)},
                                {QStringLiteral("workers"), qint64(status.workers)},
                                {QStringLiteral("slots"), qint64(status.slotCount)}});
        co_return Success;
    }
    shell.print(
        QStringLiteral("broker    %1 at %2, process %3, since %4")
            .arg(status.name, status.address)
            .arg(status.pid)
            .arg(QDateTime::fromMSecsSinceEpoch(status.startedMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
    shell.print(QStringLiteral("tasks     %1 queued, %2 running, %3 finished")
                    .arg(status.queued)
                    .arg(status.running)
                    .arg(status.finished));
    shell.print(QStringLiteral("workers   %1 with %2 slots").arg(status.workers).arg(status.slotCount));
    shell.print(QStringLiteral("store     %1 (durability %2)").arg(status.store, status.durability));
    if (!status.log.isEmpty())
        shell.print(QStringLiteral("log       %1").arg(status.log));
    co_return Success;
}

} // namespace

const Verb statusVerb{.name = "status",
                      .arguments = "",
                      .summary = "Shows the broker: its tasks, its workers, its files",
                      .description = "Asks the broker that is there; it starts none.",
                      .examples = {{"drover status --json", "The same for a program."}},
                      .declare = declare,
                      .run = run};

} // namespace drover::cli
