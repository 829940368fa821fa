// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandgroup.h"

#include <QtCore/QProcess>

#include <qt_windows.h>

namespace drover {

void startInOwnGroup(QProcess &process)
{
    process.setCreateProcessArgumentsModifier([](QProcess::CreateProcessArguments *arguments) {
        arguments->flags |= CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW;
    });
}

bool canSuspendGroups()
{
    return false;
}

void suspendGroup(qint64, bool) {}

//! The job object kills all processes in it when its last handle is closed, also when this process dies.
struct CommandGroup::Private
{
    explicit Private(CommandGroup *owner) : q(owner) {}

    CommandGroup *q;
    QProcess process;
    HANDLE job = nullptr;
    bool paused = false;

    void makeJob();
    void adopt();
    void read();
    void finish();
};

void CommandGroup::Private::makeJob()
{
    job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
}

void CommandGroup::Private::adopt()
{
    const HANDLE child = OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, FALSE, DWORD(process.processId()));
    if (!child)
        return;
    AssignProcessToJobObject(job, child);
    CloseHandle(child);
}

void CommandGroup::Private::read()
{
    if (paused)
        return;
    if (const QByteArray bytes = process.readAllStandardOutput(); !bytes.isEmpty())
        Q_EMIT q->output(bytes);
    if (const QByteArray bytes = process.readAllStandardError(); !bytes.isEmpty())
        Q_EMIT q->errorOutput(bytes);
}

void CommandGroup::Private::finish()
{
    TerminateJobObject(job, 1);
    paused = false;
    read();
    Q_EMIT q->ended(process.exitCode(), 0);
}

CommandGroup::CommandGroup(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this)) {}

CommandGroup::~CommandGroup()
{
    d->process.disconnect(this);
    kill();
    if (d->process.state() != QProcess::NotRunning)
        d->process.waitForFinished();
    if (d->job)
        CloseHandle(d->job);
}

void CommandGroup::start(const Command &command, const QString &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = command.environment().begin(); it != command.environment().end(); ++it)
        environment.insert(it.key(), it.value());
    QProcess &process = d->process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    startInOwnGroup(process);
    d->makeJob();
    const QString path = environment.value(QStringLiteral("PATH"));
    connect(&process, &QProcess::started, this, [this] { d->adopt(); });
    connect(&process, &QProcess::readyReadStandardOutput, this, [this] { d->read(); });
    connect(&process, &QProcess::readyReadStandardError, this, [this] { d->read(); });
    connect(&process, &QProcess::finished, this, [this] { d->finish(); });
    connect(&process, &QProcess::errorOccurred, this,
            [this, program = command.program(), path](QProcess::ProcessError error) {
                if (error == QProcess::FailedToStart)
                    QMetaObject::invokeMethod(
                        this, [this, why = spawnError(program, path, d->process.errorString())] { Q_EMIT failed(why); },
                        Qt::QueuedConnection);
            });
    process.start(command.program(), command.args());
    process.write(command.input());
    process.closeWriteChannel();
}

void CommandGroup::setPaused(bool paused)
{
    d->paused = paused;
    if (!paused)
        QMetaObject::invokeMethod(
            this, [this] { d->read(); }, Qt::QueuedConnection);
}

void CommandGroup::terminate()
{
    kill();
}

void CommandGroup::kill()
{
    if (d->job)
        TerminateJobObject(d->job, 1);
}

void CommandGroup::suspend(bool) {}

} // namespace drover
