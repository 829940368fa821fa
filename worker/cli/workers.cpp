// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/verb.h"

#include "protocol/rows.h"

#include <QtCore/QJsonArray>

namespace drover::cli {

namespace {

void declare(OptionList &) {}

QStringList functionNames(const WorkerInfo &worker)
{
    QStringList names;
    for (const Signature &signature : worker.functions)
        names.append(signature.function());
    return names;
}

QJsonObject toJson(const WorkerInfo &worker)
{
    return {{QStringLiteral("name"), worker.name},
            {QStringLiteral("address"), worker.address},
            {QStringLiteral("connected"), worker.connected},
            {QStringLiteral("slots"), qint64(worker.slots)},
            {QStringLiteral("busy"), qint64(worker.busy)},
            {QStringLiteral("done"), qint64(worker.done)},
            {QStringLiteral("tags"), QJsonArray::fromStringList(worker.tags)},
            {QStringLiteral("functions"), QJsonArray::fromStringList(functionNames(worker))}};
}

QCoro::Task<int> run(Shell &shell)
{
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<QList<QByteArray>> rows = co_await rowsOf(shell.client(), LiveTable::Workers);
    if (!rows)
        co_return shell.failed(rows.error());
    QList<WorkerInfo> workers;
    for (const QByteArray &row : *rows) {
        if (auto worker = decodeRow<WorkerInfo>(row))
            workers.append(*std::move(worker));
    }
    if (workers.isEmpty() && !shell.wantsJson())
        shell.print(QStringLiteral(
            "No worker is connected. Start one with `drover worker` on this or another machine; `drover discover` "
            "shows what is announced."));
    else if (!shell.wantsJson())
        shell.print(QStringLiteral("%1 %2 %3 %4 %5")
                        .arg(QStringLiteral("NAME"), -20)
                        .arg(QStringLiteral("STATE"), -9)
                        .arg(QStringLiteral("BUSY"), -7)
                        .arg(QStringLiteral("DONE"), -9)
                        .arg(QStringLiteral("FUNCTIONS")));
    for (const WorkerInfo &worker : std::as_const(workers)) {
        if (shell.wantsJson())
            shell.print(toJson(worker));
        else
            shell.print(QStringLiteral("%1 %2 %3 %4 %5")
                            .arg(worker.name, -20)
                            .arg(worker.connected ? QStringLiteral("here") : QStringLiteral("away"), -9)
                            .arg(QStringLiteral("%1/%2").arg(worker.busy).arg(worker.slots), -7)
                            .arg(worker.done, -9)
                            .arg(functionNames(worker).join(u' ')));
    }
    co_return Success;
}

} // namespace

const Verb workersVerb{
    .name = "workers",
    .arguments = "",
    .summary = "Lists the workers of the broker",
    .description =
        "One line a worker: whether it is connected, how many of its slots are busy, how many tasks it has ended, "
        "and which functions it offers.",
    .examples = {{"drover workers --json", "One JSON object a worker, for programs."}},
    .declare = declare,
    .run = run};

} // namespace drover::cli
