// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandgroup.h"

#include "execute/commandchild_p.h"

#include <QtCore/QProcess>
#include <QtCore/QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace drover {

namespace {

//! The end from which one stream of the program is read.
struct OutputPipe
{
    int readEnd = -1;
    int writeEnd = -1;
    std::unique_ptr<QSocketNotifier> notifier;

    OutputPipe() = default;
    OutputPipe(const OutputPipe &) = delete;
    ~OutputPipe()
    {
        closeEnd(writeEnd);
        closeReading();
    }
    bool open()
    {
        std::array<int, 2> ends{};
        if (!openPipe(ends))
            return false;
        readEnd = ends[0];
        writeEnd = ends[1];
        return fcntl(readEnd, F_SETFL, O_NONBLOCK) == 0;
    }
    void closeReading()
    {
        notifier.reset();
        closeEnd(readEnd);
    }
    static void closeEnd(int &end)
    {
        if (end >= 0)
            ::close(std::exchange(end, -1));
    }
    //! The bytes that are there, at most one piece; empty and \a open false at the end.
    QByteArray take(bool &open) const
    {
        QByteArray piece(pieceSize, Qt::Uninitialized);
        const ssize_t got = ::read(readEnd, piece.data(), size_t(piece.size()));
        open = got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
        piece.resize(qMax<qsizetype>(got, 0));
        return piece;
    }

    static constexpr qsizetype pieceSize = 32 * 1024;
};

} // namespace

void startInOwnGroup(QProcess &process)
{
    process.setChildProcessModifier([] { setpgid(0, 0); });
}

bool canSuspendGroups()
{
    return true;
}

void suspendGroup(qint64 leader, bool on)
{
    if (leader > 0)
        ::kill(-pid_t(leader), on ? SIGSTOP : SIGCONT);
}

struct CommandGroup::Private
{
    explicit Private(CommandGroup *owner) : q(owner) {}

    CommandGroup *q;
    QProcess process;
    OutputPipe out;
    OutputPipe err;
    qint64 group = 0;
    bool paused = false;

    void listen(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &));
    void read(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &));
    void drain(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &));
    void signalGroup(int signal) const
    {
        if (group > 0)
            ::kill(-pid_t(group), signal);
    }
    void finish();
};

void CommandGroup::Private::listen(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &))
{
    OutputPipe::closeEnd(pipe.writeEnd);
    pipe.notifier = std::make_unique<QSocketNotifier>(pipe.readEnd, QSocketNotifier::Read);
    pipe.notifier->setEnabled(!paused);
    QObject::connect(pipe.notifier.get(), &QSocketNotifier::activated, q, [this, &pipe, tell] { read(pipe, tell); });
}

void CommandGroup::Private::read(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &))
{
    bool open = true;
    const QByteArray piece = pipe.take(open);
    if (!open)
        pipe.notifier->setEnabled(false);
    if (!piece.isEmpty())
        Q_EMIT(q->*tell)(piece);
}

void CommandGroup::Private::drain(OutputPipe &pipe, void (CommandGroup::*tell)(const QByteArray &))
{
    pipe.notifier.reset();
    for (bool open = true; open;) {
        const QByteArray piece = pipe.take(open);
        if (piece.isEmpty())
            break;
        Q_EMIT(q->*tell)(piece);
    }
    pipe.closeReading();
}

void CommandGroup::Private::finish()
{
    signalGroup(SIGKILL);
    group = 0;
    drain(out, &CommandGroup::output);
    drain(err, &CommandGroup::errorOutput);
    const bool crashed = process.exitStatus() == QProcess::CrashExit;
    Q_EMIT q->ended(crashed ? 128 + process.exitCode() : process.exitCode(), crashed ? process.exitCode() : 0);
}

CommandGroup::CommandGroup(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this)) {}

CommandGroup::~CommandGroup()
{
    d->process.disconnect(this);
    if (d->process.state() == QProcess::NotRunning)
        return;
    kill();
    d->process.waitForFinished();
}

void CommandGroup::start(const Command &command, const QString &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = command.environment().begin(); it != command.environment().end(); ++it)
        environment.insert(it.key(), it.value());
    QProcess &process = d->process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (command.input().isEmpty())
        process.setStandardInputFile(QProcess::nullDevice());
    const QString path = environment.value(QStringLiteral("PATH"));
    if (!d->out.open() || !d->err.open()) {
        const Error why = spawnError(command.program(), path, QStringLiteral("no more open files are allowed"));
        QMetaObject::invokeMethod(
            this, [this, why] { Q_EMIT failed(why); }, Qt::QueuedConnection);
        return;
    }
    process.setChildProcessModifier([out = d->out.writeEnd, err = d->err.writeEnd] {
        setpgid(0, 0);
        endWithParent();
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
    });
    connect(&process, &QProcess::errorOccurred, this,
            [this, program = command.program(), path](QProcess::ProcessError error) {
                if (error == QProcess::FailedToStart)
                    QMetaObject::invokeMethod(
                        this, [this, why = spawnError(program, path, d->process.errorString())] { Q_EMIT failed(why); },
                        Qt::QueuedConnection);
            });
    connect(&process, &QProcess::finished, this, [this] { d->finish(); });
    connect(&process, &QProcess::started, this, [this] { d->group = d->process.processId(); });
    process.start(command.program(), command.args());
    d->listen(d->out, &CommandGroup::output);
    d->listen(d->err, &CommandGroup::errorOutput);
    if (command.input().isEmpty())
        return;
    process.write(command.input());
    process.closeWriteChannel();
}

void CommandGroup::setPaused(bool paused)
{
    d->paused = paused;
    for (const OutputPipe *pipe : {&d->out, &d->err}) {
        if (pipe->notifier)
            pipe->notifier->setEnabled(!paused);
    }
}

void CommandGroup::terminate()
{
    d->signalGroup(SIGTERM);
}

void CommandGroup::kill()
{
    d->signalGroup(SIGKILL);
}

void CommandGroup::suspend(bool on)
{
    suspendGroup(d->group, on);
}

} // namespace drover
