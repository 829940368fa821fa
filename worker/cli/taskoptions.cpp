// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/shell.h"

#include <cmath>

namespace drover::cli {

namespace {

Unexpected<Error> wrong(const char *option, const QString &given, const QString &takes)
{
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("--%1 takes %2, got \"%3\"").arg(QString::fromLatin1(option), takes, given));
}

Result<int> number(const Shell &shell, const char *option, int fallback, int least, int greatest)
{
    const QString name = QString::fromLatin1(option);
    if (!shell.isSet(name))
        return fallback;
    bool ok = false;
    const int value = shell.value(name).toInt(&ok);
    if (!ok || value < least || value > greatest)
        return wrong(option, shell.value(name), QStringLiteral("a number from %1 to %2").arg(least).arg(greatest));
    return value;
}

//! "2026-12-24T18:00", or a duration from now with a plus: "+10m".
Result<QDateTime> moment(const Shell &shell, const char *option)
{
    const QString name = QString::fromLatin1(option);
    if (!shell.isSet(name))
        return QDateTime();
    const QString text = shell.value(name);
    if (text.startsWith(u'+')) {
        if (const auto delay = durationFromText(text.sliced(1)))
            return QDateTime::currentDateTimeUtc().addMSecs(delay->count());
    }
    const QDateTime at = QDateTime::fromString(text, Qt::ISODate);
    if (at.isValid())
        return at;
    return wrong(option, text, QStringLiteral("a time such as 2026-12-24T18:00 or +10m"));
}

} // namespace

void declareCommon(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("broker"), Client::tr("Where tasks go: local:, drover://host[:port] or embedded:[path]."),
         QStringLiteral("url")},
        {QStringLiteral("home"), Client::tr("The folder of keys, trust and queues, instead of $DROVER_HOME."),
         QStringLiteral("folder")},
        {QStringLiteral("json"), Client::tr("Print JSON, one object a line.")},
        {{QStringLiteral("h"), QStringLiteral("help")}, Client::tr("Print this help.")},
    });
}

void declareTaskOptions(OptionList &options, bool withKey)
{
    options.addOptions({
        {QStringLiteral("queue"), Client::tr("The queue to wait in."), QStringLiteral("queue")},
        {QStringLiteral("priority"), Client::tr("From -100 to 100, greater runs first."), QStringLiteral("number")},
        {QStringLiteral("timeout"), Client::tr("How long an attempt may run: 90, 10m, 2h."), QStringLiteral("time")},
        {QStringLiteral("soft-timeout"), Client::tr("When an attempt is told to end; --timeout then kills at once."),
         QStringLiteral("time")},
        {QStringLiteral("deadline"), Client::tr("How long the task may take in all, waiting included."),
         QStringLiteral("time")},
        {QStringLiteral("retries"), Client::tr("How often to try again when the task fails."),
         QStringLiteral("number")},
        {QStringLiteral("retry-on"),
         Client::tr("A failure that is tried again: exception, exit_code, timeout, ...; may be repeated."),
         QStringLiteral("reason")},
        {QStringLiteral("backoff"), Client::tr("The wait before the first retry, doubled for each further one."),
         QStringLiteral("time")},
        {QStringLiteral("tag"), Client::tr("A tag that the worker must have; may be repeated."),
         QStringLiteral("name")},
        {QStringLiteral("eta"), Client::tr("Not before this time: 2026-12-24T18:00 or +10m."), QStringLiteral("time")},
        {QStringLiteral("delay"), Client::tr("Not before so long after it was submitted: 90, 10m, 2h."),
         QStringLiteral("time")},
        {QStringLiteral("ack-early"), Client::tr("At most once: it does not run again when its worker is lost.")},
        {QStringLiteral("exclusive"), Client::tr("Never two attempts at a time, also when a worker loses touch.")},
        {QStringLiteral("result-ttl"), Client::tr("How long the result is kept: 1h, 7d."), QStringLiteral("time")},
        {QStringLiteral("expires"), Client::tr("Not started after this time."), QStringLiteral("time")},
    });
    if (withKey)
        options.addOption({QStringLiteral("key"), Client::tr("The same key is the same task: it runs once."),
                           QStringLiteral("text")});
}

Result<Milliseconds> durationFromText(const QString &text)
{
    static constexpr std::pair<const char *, double> units[] = {{"ms", 1},   {"s", 1e3},   {"m", 6e4},
                                                                {"h", 36e5}, {"d", 864e5}, {"", 1e3}};
    for (const auto &[unit, factor] : units) {
        const QString suffix = QString::fromLatin1(unit);
        if (!text.endsWith(suffix))
            continue;
        bool ok = false;
        const double value = text.chopped(suffix.size()).toDouble(&ok);
        if (ok && value >= 0 && std::isfinite(value) && value * factor < 1e15)
            return Milliseconds(qint64(value * factor));
    }
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("\"%1\" is not a time such as 90, 1.5s, 10m, 2h or 1d").arg(text));
}

namespace {

Result<void> setTimes(const Shell &shell, Options &options)
{
    using Setter = Options &(Options::*)(Milliseconds);
    static constexpr std::pair<const char *, Setter> times[] = {
        {"timeout", &Options::timeout},   {"soft-timeout", &Options::softTimeout},
        {"deadline", &Options::deadline}, {"backoff", &Options::backoff},
        {"delay", &Options::delay},       {"result-ttl", &Options::resultTtl},
    };
    for (const auto &[option, set] : times) {
        const QString name = QString::fromLatin1(option);
        if (!shell.isSet(name))
            continue;
        const auto time = durationFromText(shell.value(name));
        if (!time || time->count() == 0)
            return wrong(option, shell.value(name), QStringLiteral("a time such as 90, 1.5s, 10m, 2h or 1d"));
        (options.*set)(*time);
    }
    return {};
}

Result<void> setRetryOn(const Shell &shell, Options &options)
{
    QList<Reason> reasons;
    for (const QString &text : shell.values(QStringLiteral("retry-on"))) {
        int reason = int(Reason::Exception);
        while (reason <= int(Reason::User) && toString(Reason(reason)) != text)
            ++reason;
        if (reason > int(Reason::User))
            return wrong("retry-on", text, QStringLiteral("a reason such as exception, exit_code or timeout"));
        reasons.append(Reason(reason));
    }
    options.retryOn(reasons);
    return {};
}

} // namespace

Result<Options> taskOptions(const Shell &shell, bool withKey)
{
    Options options;
    if (shell.isSet(QStringLiteral("queue")))
        options.queue(shell.value(QStringLiteral("queue")));
    const auto priority = number(shell, "priority", 0, Options::leastPriority, Options::greatestPriority);
    const auto retries = number(shell, "retries", 0, 0, 1'000'000);
    if (!priority || !retries)
        return fail(!priority ? priority.error() : retries.error());
    options.priority(*priority).retries(*retries).tags(shell.values(QStringLiteral("tag")));
    if (withKey)
        options.idempotencyKey(shell.value(QStringLiteral("key")));
    if (Result<void> times = setTimes(shell, options); !times)
        return fail(times.error());
    if (Result<void> reasons = setRetryOn(shell, options); !reasons)
        return fail(reasons.error());
    options.ackEarly(shell.isSet(QStringLiteral("ack-early"))).exclusive(shell.isSet(QStringLiteral("exclusive")));
    const auto eta = moment(shell, "eta");
    const auto expires = moment(shell, "expires");
    if (!eta || !expires)
        return fail(!eta ? eta.error() : expires.error());
    if (eta->isValid())
        options.eta(*eta);
    if (expires->isValid())
        options.expires(*expires);
    return options;
}

Result<Milliseconds> patienceOf(const Shell &shell, Milliseconds unset)
{
    if (!shell.isSet(QStringLiteral("timeout")))
        return unset;
    return durationFromText(shell.value(QStringLiteral("timeout")));
}

Result<TaskId> idArgument(const Shell &shell)
{
    if (shell.arguments().size() != 1)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("give the id of one task, as `drover submit` prints it"));
    const auto id = TaskId::fromString(shell.arguments().constFirst());
    if (!id)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" is not the id of a task").arg(shell.arguments().constFirst()));
    return *id;
}

} // namespace drover::cli
