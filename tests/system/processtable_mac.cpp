// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/processtable.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <vector>

#include <libproc.h>
#include <sys/sysctl.h>

namespace processtable {

namespace {

QList<qint64> listed(quint32 type, quint32 info)
{
    std::vector<pid_t> found(size_t(proc_listpids(type, info, nullptr, 0)) / sizeof(pid_t) + 64);
    const int bytes = proc_listpids(type, info, found.data(), int(found.size() * sizeof(pid_t)));
    QList<qint64> pids;
    for (size_t i = 0; i < size_t(std::max(0, bytes)) / sizeof(pid_t); ++i)
        pids.append(found[i]);
    return pids;
}

} // namespace

QList<qint64> childrenOf(qint64 pid)
{
    return listed(PROC_PPID_ONLY, quint32(pid));
}

// The number of arguments, then the program and the arguments, each with a null at its end.
QString commandOf(qint64 pid)
{
    std::array<int, 3> name{CTL_KERN, KERN_PROCARGS2, int(pid)};
    QByteArray bytes(64 * 1024, '\0');
    size_t size = size_t(bytes.size());
    if (sysctl(name.data(), name.size(), bytes.data(), &size, nullptr, 0) != 0 || size < sizeof(int))
        return {};
    return QString::fromLocal8Bit(bytes.first(qsizetype(size)).sliced(sizeof(int)).replace('\0', ' ').trimmed());
}

bool isRunning(const QString &word)
{
    const QList<qint64> pids = listed(PROC_ALL_PIDS, 0);
    return std::any_of(pids.begin(), pids.end(), [&word](qint64 pid) { return commandOf(pid).contains(word); });
}

bool kill(qint64 pid)
{
    return ::kill(pid_t(pid), SIGKILL) == 0;
}

bool interrupt(qint64 pid)
{
    return ::kill(pid_t(pid), SIGINT) == 0;
}

} // namespace processtable
