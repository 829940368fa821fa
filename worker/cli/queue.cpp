// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOption({QStringLiteral("durability"),
                       Client::tr("What acknowledgements wait for: disk, process, memory, or default."),
                       QStringLiteral("kind")});
}

QCoro::Task<int> run(Shell &shell)
{
    if (shell.arguments().size() != 1)
        co_return shell.failed(Error(ErrorCode::InvalidArgument, QStringLiteral("give the name of one queue")));
    std::optional<QueueDurability> durability;
    if (shell.isSet(QStringLiteral("durability"))) {
        durability = queueDurabilityFromString(shell.value(QStringLiteral("durability")));
        if (!durability)
            co_return shell.failed(
                Error(ErrorCode::InvalidArgument,
                      QStringLiteral("--durability takes disk, process, memory or default, got \"%1\"")
                          .arg(shell.value(QStringLiteral("durability")))));
    }
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<QueueSettings> settings =
        co_await shell.client().configureQueue(shell.arguments().constFirst(), durability);
    if (!settings)
        co_return shell.failed(settings.error());
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("name"), settings->name},
                                {QStringLiteral("durability"), toString(settings->durability)}});
    else
        shell.print(QStringLiteral("%1: durability %2").arg(settings->name, toString(settings->durability)));
    co_return Success;
}

} // namespace

const Verb queueVerb{
    .name = "queue",
    .arguments = "NAME",
    .summary = "Shows and changes the settings of a queue",
    .description =
        "Durability says what the acknowledgement of a task in this queue waits for. disk: until it would survive a power "
        "cut. process: until it would survive the death of every process. memory: for nothing; it is written soon after. "
        "default: as the broker was started.",
    .examples = {{"drover queue scratch --durability memory",
                  "Tasks of the queue scratch may be lost with the broker."}},
    .completes = Words::Queues,
    .declare = declare,
    .run = run};

} // namespace drover::cli
