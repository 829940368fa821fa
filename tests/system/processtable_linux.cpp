// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/processtable.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>
#include <csignal>

namespace processtable {

namespace {

QByteArray read(qint64 pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QString::fromLatin1(name)));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QList<qint64> all()
{
    QList<qint64> pids;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        if (const qint64 pid = name.toLongLong())
            pids.append(pid);
    }
    return pids;
}

// "pid (name) state parent ...", where the name may hold anything
bool isChild(qint64 pid, qint64 parent)
{
    const QByteArray line = read(pid, "stat");
    const QList<QByteArray> words = line.mid(line.lastIndexOf(')') + 1).simplified().split(' ');
    return words.value(0) != "Z" && words.value(1).toLongLong() == parent;
}

} // namespace

QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> pids = all();
    pids.removeIf([pid](qint64 other) { return !isChild(other, pid); });
    return pids;
}

QString commandOf(qint64 pid)
{
    return QString::fromLocal8Bit(read(pid, "cmdline").replace('\0', ' ').trimmed());
}

bool isRunning(const QString &word)
{
    const QList<qint64> pids = all();
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
