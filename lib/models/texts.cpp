// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/texts.h"

#include "task/command.h"
#include "task/waiting.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

namespace drover {

QString Texts::state(State state)
{
    switch (state) {
    case State::Held: return tr("Held");
    case State::Scheduled: return tr("Scheduled");
    case State::Waiting: return tr("Waiting");
    case State::Pending: return tr("Queued");
    case State::Received: return tr("Starting");
    case State::Started: return tr("Running");
    case State::Paused: return tr("Paused");
    case State::Retry: return tr("Will retry");
    case State::Cancelling: return tr("Cancelling");
    case State::Trashed: return tr("Trashed");
    case State::Success: return tr("Succeeded");
    case State::Failure: return tr("Failed");
    case State::Revoked: return tr("Cancelled");
    }
    return {};
}

QString Texts::reason(Reason reason)
{
    switch (reason) {
    case Reason::None: return {};
    case Reason::Exception: return tr("exception");
    case Reason::ExitCode: return tr("exit code");
    case Reason::Crashed: return tr("crashed");
    case Reason::Timeout: return tr("time limit");
    case Reason::Deadline: return tr("deadline passed");
    case Reason::WorkerLost: return tr("worker lost");
    case Reason::OutOfMemory: return tr("out of memory");
    case Reason::OutputLimit: return tr("too much output");
    case Reason::DiskLimit: return tr("disk limit");
    case Reason::Expired: return tr("expired");
    case Reason::Rejected: return tr("rejected by the worker");
    case Reason::DependencyFailed: return tr("a task it needs failed");
    case Reason::Quarantined: return tr("quarantined");
    case Reason::SpawnFailed: return tr("could not be started");
    case Reason::User: return tr("asked for by a person");
    default: return drover::toString(reason);
    }
}

QString Texts::asked(Asked asked)
{
    switch (asked) {
    case Asked::Nothing: break;
    case Asked::Cancel: return tr("asked to stop");
    case Asked::Kill: return tr("about to be killed");
    case Asked::Pause: return tr("asked to pause");
    case Asked::Resume: return tr("asked to go on");
    }
    return {};
}

QString Texts::why(const QString &said)
{
    for (const char *sentence : waiting::all) {
        QString pattern = QRegularExpression::escape(QString::fromLatin1(sentence));
        pattern.replace(QLatin1String("\\%1"), QLatin1String("(.*)"))
            .replace(QLatin1String("\\%2"), QLatin1String("(.*)"))
            .replace(QLatin1String("\\%3"), QLatin1String("(.*)"));
        const auto match = QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(said);
        if (!match.hasMatch())
            continue;
        const QString text = tr(sentence);
        switch (match.lastCapturedIndex()) {
        case 1: return text.arg(match.captured(1));
        case 2: return text.arg(match.captured(1), match.captured(2));
        case 3: return text.arg(match.captured(1), match.captured(2), match.captured(3));
        default: return text;
        }
    }
    return said;
}

QString Texts::duration(qint64 ms)
{
    const QLocale locale;
    const qint64 seconds = ms / 1000;
    if (ms < 0)
        return {};
    if (ms < 1000)
        return tr("%1 ms").arg(ms);
    if (seconds < 60)
        return tr("%1 s").arg(locale.toString(double(ms) / 1000, 'f', 1));
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 86'400)
        return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
    return tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

QString Texts::moment(qint64 ms)
{
    if (ms == 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    if (time.date() == QDate::currentDate())
        return time.toString(QStringLiteral("HH:mm:ss"));
    return QLocale().toString(time, QLocale::ShortFormat);
}

QString Texts::title(const TaskInfo &task)
{
    if (!task.name.isEmpty())
        return task.name;
    if (task.function == runCommand.name())
        return task.summary;
    return QStringLiteral("%1(%2)").arg(task.function, task.summary);
}

qint64 Texts::ran(const TaskInfo &task, qint64 nowMs)
{
    if (task.startedMs == 0)
        return -1;
    if (task.finishedMs != 0)
        return qMax(qint64(0), task.finishedMs - task.startedMs);
    const bool running =
        task.state == State::Started || task.state == State::Cancelling || task.state == State::Received;
    return running ? qMax(qint64(0), nowMs - task.startedMs) : -1;
}

} // namespace drover
