// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"
#include "cli/verb.h"
#include "protocol/rows.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("pause"), Client::tr("Give none of its tasks to workers; those that run go on.")},
        {QStringLiteral("why"), Client::tr("With --pause: the reason, for those who wait."), QStringLiteral("text")},
        {QStringLiteral("resume"), Client::tr("Give its tasks to workers again.")},
        {QStringLiteral("weight"), Client::tr("Its share beside other queues with waiting tasks; 1 unless set."),
         QStringLiteral("number")},
        {QStringLiteral("durability"), Client::tr("What acknowledgements wait for: disk, process, memory, or default."),
         QStringLiteral("kind")},
    });
}

Error wrong(const QString &text)
{
    return Error(ErrorCode::InvalidArgument, text);
}

Result<QueueChange> changeOf(const Shell &shell)
{
    QueueChange change;
    const bool pauses = shell.isSet(QStringLiteral("pause"));
    if (pauses && shell.isSet(QStringLiteral("resume")))
        return fail(wrong(QStringLiteral("give either --pause or --resume")));
    if (shell.isSet(QStringLiteral("why")) && !pauses)
        return fail(wrong(QStringLiteral("--why goes with --pause")));
    if (pauses)
        change.pause(shell.value(QStringLiteral("why")));
    if (shell.isSet(QStringLiteral("resume")))
        change.resume();
    if (shell.isSet(QStringLiteral("weight"))) {
        const QString text = shell.value(QStringLiteral("weight"));
        bool isNumber = false;
        const uint weight = text.toUInt(&isNumber);
        if (!isNumber || weight < 1 || weight > QueueSettings::greatestWeight)
            return fail(wrong(QStringLiteral("--weight takes a number from 1 to %1, got \"%2\"")
                                  .arg(QueueSettings::greatestWeight)
                                  .arg(text)));
        change.weight(weight);
    }
    if (shell.isSet(QStringLiteral("durability"))) {
        const QString text = shell.value(QStringLiteral("durability"));
        const std::optional<QueueDurability> durability = queueDurabilityFromString(text);
        if (!durability)
            return fail(
                wrong(QStringLiteral("--durability takes disk, process, memory or default, got \"%1\"").arg(text)));
        change.durability(*durability);
    }
    return change;
}

QString pauseText(bool paused, const QString &by, const QString &why)
{
    if (!paused)
        return QStringLiteral("open");
    return why.isEmpty() ? QStringLiteral("paused by %1").arg(by) : QStringLiteral("paused by %1: %2").arg(by, why);
}

void addPause(QJsonObject &object, bool paused, const QString &by, const QString &why, qint64 sinceMs)
{
    object[QLatin1String("paused")] = paused;
    if (!paused)
        return;
    object[QLatin1String("paused_by")] = by;
    object[QLatin1String("paused_why")] = why;
    object[QLatin1String("paused_since")] =
        QDateTime::fromMSecsSinceEpoch(sinceMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

void print(Shell &shell, const QueueSettings &settings)
{
    if (!shell.wantsJson()) {
        shell.print(QStringLiteral("%1: %2, weight %3, durability %4")
                        .arg(settings.name, pauseText(settings.paused, settings.pausedBy, settings.pausedWhy))
                        .arg(settings.weight)
                        .arg(toString(settings.durability)));
        return;
    }
    QJsonObject object{{QStringLiteral("name"), settings.name},
                       {QStringLiteral("weight"), qint64(settings.weight)},
                       {QStringLiteral("durability"), toString(settings.durability)}};
    addPause(object, settings.paused, settings.pausedBy, settings.pausedWhy, settings.pausedMs);
    shell.print(object);
}

void print(Shell &shell, const QueueInfo &queue)
{
    if (!shell.wantsJson()) {
        shell.print(QStringLiteral("%1 %2 %3 %4 %5")
                        .arg(queue.name, -20)
                        .arg(queue.pending, -9)
                        .arg(queue.running, -9)
                        .arg(queue.weight, -7)
                        .arg(pauseText(queue.paused, queue.pausedBy, queue.pausedWhy)));
        return;
    }
    QJsonObject object{{QStringLiteral("name"), queue.name},
                       {QStringLiteral("waiting"), qint64(queue.pending)},
                       {QStringLiteral("running"), qint64(queue.running)},
                       {QStringLiteral("weight"), qint64(queue.weight)},
                       {QStringLiteral("durability"), toString(queue.durability)}};
    addPause(object, queue.paused, queue.pausedBy, queue.pausedWhy, queue.pausedMs);
    shell.print(object);
}

QCoro::Task<int> listAll(Shell &shell)
{
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<QList<QByteArray>> rows = co_await rowsOf(shell.client(), LiveTable::Queues);
    if (!rows)
        co_return shell.failed(rows.error());
    if (!shell.wantsJson())
        shell.print(QStringLiteral("%1 %2 %3 %4 %5")
                        .arg(QStringLiteral("NAME"), -20)
                        .arg(QStringLiteral("WAITING"), -9)
                        .arg(QStringLiteral("RUNNING"), -9)
                        .arg(QStringLiteral("WEIGHT"), -7)
                        .arg(QStringLiteral("STATE")));
    for (const QByteArray &row : *rows) {
        if (const Result<QueueInfo> queue = decodeRow<QueueInfo>(row))
            print(shell, *queue);
    }
    co_return Success;
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<QueueChange> change = changeOf(shell);
    if (!change)
        co_return shell.failed(change.error());
    if (shell.arguments().isEmpty() && *change == QueueChange())
        co_return co_await listAll(shell);
    if (shell.arguments().size() != 1)
        co_return shell.failed(wrong(QStringLiteral("give the name of one queue")));
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Result<QueueSettings> settings =
        co_await shell.client().configureQueue(shell.arguments().constFirst(), *change);
    if (!settings)
        co_return shell.failed(settings.error());
    print(shell, *settings);
    co_return Success;
}

} // namespace

const Verb queueVerb{
    .name = "queue",
    .arguments = "[NAME]",
    .summary = "Lists the queues, or shows and changes one",
    .description =
        "Without a NAME: one line a queue. With one, its settings, after the change if one is given.\n\n"
        "Tasks of a paused queue wait, whoever submits them; `drover why` says who paused it. The weight is the share that "
        "a queue gets while others have waiting tasks, too: one of weight 3 has three turns for each of one of weight 1. "
        "Within a queue greater priority goes first, then owners take turns, then age decides.\n\n"
        "Durability says what the acknowledgement of a task in this queue waits for. disk: until it would survive a power "
        "cut. process: until it would survive the death of every process. memory: for nothing; it is written soon after. "
        "default: as the broker was started.",
    .examples = {{"drover queue", "What waits and runs in each queue."},
                 {"drover queue gpu --pause --why \"driver update\"", "Nothing of the queue gpu starts from now on."},
                 {"drover queue gpu --resume", "It does again."},
                 {"drover queue scratch --durability memory",
                  "Tasks of the queue scratch may be lost with the broker."}},
    .completes = Words::Queues,
    .declare = declare,
    .run = run};

} // namespace drover::cli
