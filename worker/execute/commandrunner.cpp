// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandrunner.h"

#include "support/clock.h"
#include "task/codecs.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

#include <optional>

namespace drover {

struct CommandRunner::Private
{
    Private(CommandRunner *owner, LeaseRef ref, Payload payload) : q(owner), attempt(ref), arguments(std::move(payload))
    {}

    CommandRunner *q;
    LeaseRef attempt;
    Payload arguments;
    Command command;
    SystemClock clock;
    MonotonicTime started{};
    quint64 startedMs = 0;
    QByteArray output;
    QByteArray errorOutput;
    bool truncated = false;
    std::optional<QTemporaryDir> scratch; // outlives the program
    CommandGroup group;

    Result<Command> decode() const;
    void keep(QByteArray &kept, StreamItem::Kind kind, const QByteArray &bytes);
    void finish(Result<QByteArray> result);
    void ended(int exitCode, int signal);
};

Result<Command> CommandRunner::Private::decode() const
{
    const Result<QByteArray> bytes = Codecs().unwrap(arguments);
    if (!bytes)
        return fail(bytes.error());
    Result<std::tuple<Command>> decoded = runCommand.decode(*bytes);
    if (!decoded)
        return fail(decoded.error());
    return std::get<0>(*std::move(decoded));
}

void CommandRunner::Private::keep(QByteArray &kept, StreamItem::Kind kind, const QByteArray &bytes)
{
    const qsizetype room = qMin(bytes.size(), maxKept - kept.size());
    kept.append(bytes.constData(), room);
    truncated |= room < bytes.size();
    Q_EMIT q->output(kind, bytes);
}

void CommandRunner::Private::finish(Result<QByteArray> result)
{
    Finished how;
    how.id = attempt.id;
    how.token = attempt.token;
    how.ok = result.has_value();
    if (result)
        how.value = Payload::cbor(*std::move(result));
    else
        how.error = result.error();
    how.startedMs = startedMs;
    how.durationUs =
        quint64(std::chrono::duration_cast<std::chrono::microseconds>(clock.monotonic() - started).count());
    Q_EMIT q->finished(how);
}

void CommandRunner::Private::ended(int exitCode, int signal)
{
    const CommandResult result(exitCode, std::move(output), std::move(errorOutput), truncated);
    if (exitCode == 0 && signal == 0)
        finish(encodeValue(result));
    else
        finish(fail(result.toError(command, signal)));
}

CommandRunner::CommandRunner(LeaseRef attempt, Payload arguments, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, attempt, std::move(arguments)))
{
    connect(&d->group, &CommandGroup::output, this,
            [this](const QByteArray &bytes) { d->keep(d->output, StreamItem::Output, bytes); });
    connect(&d->group, &CommandGroup::errorOutput, this,
            [this](const QByteArray &bytes) { d->keep(d->errorOutput, StreamItem::ErrorOutput, bytes); });
    connect(&d->group, &CommandGroup::failed, this, [this](const Error &why) { d->finish(fail(why)); });
    connect(&d->group, &CommandGroup::ended, this, [this](int exitCode, int signal) { d->ended(exitCode, signal); });
}

CommandRunner::~CommandRunner() = default;

void CommandRunner::start()
{
    d->started = d->clock.monotonic();
    d->startedMs = quint64(d->clock.wall().time_since_epoch().count());
    const Result<Command> command = d->decode();
    if (!command) {
        QMetaObject::invokeMethod(
            this, [this, why = command.error()] { d->finish(fail(why)); }, Qt::QueuedConnection);
        return;
    }
    d->command = *command;
    d->arguments = {};
    QString folder = d->command.workingDirectory();
    if (folder.isEmpty())
        folder = d->scratch.emplace(QDir::tempPath() + QStringLiteral("/drover-XXXXXX")).path();
    else if (!QFileInfo(folder).isDir()) {
        Error why(Reason::SpawnFailed, QStringLiteral("The folder %1 is not on this worker").arg(folder));
        why.setDetail(QStringLiteral("notFound"), false);
        QMetaObject::invokeMethod(
            this, [this, why] { d->finish(fail(why)); }, Qt::QueuedConnection);
        return;
    }
    d->group.start(d->command, folder);
}

void CommandRunner::setPaused(bool paused)
{
    d->group.setPaused(paused);
}

void CommandRunner::stop(bool force)
{
    if (force)
        d->group.kill();
    else
        d->group.terminate();
}

void CommandRunner::suspend(bool on)
{
    d->group.suspend(on);
}

Error spawnError(const QString &program, const QString &searchPath, const QString &reason)
{
    const bool isPath = program.contains(u'/') || program.contains(QDir::separator());
    bool found = false;
    const QStringList folders =
        isPath ? QStringList{QString()} : searchPath.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString &folder : folders)
        found = found || QFileInfo::exists(isPath ? program : folder + u'/' + program);
    const QString text = found ? QStringLiteral("%1 cannot be started: %2").arg(program, reason)
                               : QStringLiteral("%1 was not found on this worker").arg(program);
    return Error(Reason::SpawnFailed, text).setDetail(QStringLiteral("notFound"), !found);
}

} // namespace drover
