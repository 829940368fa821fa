// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include <algorithm>

namespace drover::cli {

namespace {

constexpr const Verb *table[] = {
    &runVerb,     &callVerb,   &mapVerb,     &submitVerb,     &waitVerb,     &resultVerb,  &logsVerb,   &showVerb,
    &whyVerb,     &listVerb,   &cancelVerb,  &retryVerb,      &pauseVerb,    &resumeVerb,  &killVerb,   &purgeVerb,
    &restoreVerb, &eventsVerb, &workersVerb, &statusVerb,     &discoverVerb, &queueVerb,   &backupVerb, &compactVerb,
    &trustVerb,   &workerVerb, &brokerVerb,  &completionVerb, &manualVerb,   &executorVerb};

constexpr Exit shared[] = {{"0", "Success."},
                           {"2", "The command line is wrong; the message names what."},
                           {"125", "Drover itself failed: no broker, not trusted, disk full, no such task."}};

//! Where a code stands in the list: "128+N" behind all numbers below it, "other" last.
int orderOf(const Exit &exit)
{
    const QString code = QString::fromUtf8(exit.code).section(u'+', 0, 0);
    bool isNumber = false;
    const int number = code.toInt(&isNumber);
    return isNumber ? number : 1000;
}

} // namespace

std::span<const Verb *const> verbs()
{
    return table;
}

const Verb *findVerb(const QString &name)
{
    const auto verb =
        std::ranges::find_if(table, [&](const Verb *known) { return name == QLatin1String(known->name); });
    return verb == std::end(table) ? nullptr : *verb;
}

QList<QCommandLineOption> optionsOf(const Verb &verb)
{
    OptionList options;
    verb.declare(options);
    declareCommon(options);
    return options.all();
}

Words completionOf(const QCommandLineOption &option)
{
    static const QHash<QString, Words> byValue{
        {QStringLiteral("file"), Words::Files},     {QStringLiteral("folder"), Words::Folders},
        {QStringLiteral("queue"), Words::Queues},   {QStringLiteral("function"), Words::Functions},
        {QStringLiteral("worker"), Words::Workers}, {QStringLiteral("state"), Words::States},
        {QStringLiteral("task"), Words::Tasks},
    };
    return byValue.value(option.valueName(), Words::None);
}

QList<Exit> exitsOf(const Verb &verb)
{
    QList<Exit> exits;
    for (const Exit &exit : verb.exits) {
        if (exit.code)
            exits.append(exit);
    }
    for (const Exit &exit : shared) {
        const bool isOwn =
            std::ranges::any_of(exits, [&](const Exit &own) { return qstrcmp(own.code, exit.code) == 0; });
        if (!isOwn)
            exits.append(exit);
    }
    std::ranges::stable_sort(exits, {}, orderOf);
    return exits;
}

} // namespace drover::cli
