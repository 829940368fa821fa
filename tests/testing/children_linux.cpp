// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/children.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QThread>

#include <csignal>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace drover::testing {

namespace {

using namespace std::chrono_literals;

// The command of a process, or its name where it has none; empty when it is gone.
QString commandLine(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (!file.open(QFile::ReadOnly))
        return {};
    return QString::fromLocal8Bit(file.readAll().replace('\0', ' ').trimmed());
}

pid_t parentOf(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QFile::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    // "pid (name) state parent ...", where the name may hold anything
    return line.mid(line.lastIndexOf(')') + 1).simplified().split(' ').value(1).toInt();
}

QList<pid_t> children()
{
    QList<pid_t> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const pid_t pid = name.toInt();
        if (pid > 0 && parentOf(pid) == getpid())
            found.append(pid);
    }
    return found;
}

// True when there is no child left. Those that ended are taken off the list of the system.
bool reap()
{
    for (;;) {
        const pid_t pid = waitpid(-1, nullptr, WNOHANG);
        if (pid <= 0)
            return pid < 0;
    }
}

} // namespace

void adoptOrphans()
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

QStringList killSurvivors(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (!reap() && !deadline.hasExpired())
        QThread::msleep(5);

    QStringList killed;
    while (!reap()) {
        // killing one can make orphans of others: look again until there is none
        for (const pid_t pid : children()) {
            const QString command = commandLine(pid);
            if (!command.isEmpty())
                killed.append(QStringLiteral("%1 %2").arg(pid).arg(command));
            kill(pid, SIGKILL);
            waitpid(pid, nullptr, 0);
        }
    }
    return killed;
}

} // namespace drover::testing
