// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/children.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <array>
#include <csignal>

#include <libproc.h>
#include <sys/wait.h>
#include <unistd.h>

namespace drover::testing {

namespace {

// True when there is no child left. Those that ended are taken off the list of the system.
bool reap()
{
    for (;;) {
        const pid_t pid = waitpid(-1, nullptr, WNOHANG);
        if (pid <= 0)
            return pid < 0;
    }
}

QList<pid_t> children()
{
    std::array<pid_t, 1024> found{};
    const int count = proc_listchildpids(getpid(), found.data(), int(sizeof found));
    return QList<pid_t>(found.begin(), found.begin() + qBound(0, count, int(found.size())));
}

QString commandLine(pid_t pid)
{
    std::array<char, PROC_PIDPATHINFO_MAXSIZE> path{};
    return proc_pidpath(pid, path.data(), path.size()) > 0 ? QString::fromUtf8(path.data()) : QString();
}

} // namespace

// macOS gives orphans to launchd: only direct children are seen.
void adoptOrphans() {}

QStringList killSurvivors(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (!reap() && !deadline.hasExpired())
        QThread::msleep(5);

    QStringList killed;
    for (const pid_t pid : children()) {
        killed.append(QStringLiteral("%1 %2").arg(pid).arg(commandLine(pid)));
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
    return killed;
}

} // namespace drover::testing
