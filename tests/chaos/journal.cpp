// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "journal.h"

#include <QtCore/QDateTime>

#include <unistd.h>

void Journal::update()
{
    for (const QByteArray &line : m_lines.next()) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() != 6)
            continue;
        const qint64 pid = words[4].toLongLong();
        if (words[0] == "B") {
            m_last.insert(pid, m_executions.size());
            m_executions.append({QString::fromLatin1(words[1]), words[2].toUInt(), QString::fromLatin1(words[3]), pid,
                                 words[5].toLongLong(), 0});
        } else if (const auto found = m_last.constFind(pid); found != m_last.cend()) {
            m_executions[*found].endedMs = words[5].toLongLong();
        }
    }
}

// A process has one open attempt at most: nested ones run on other executors.
QList<Execution> Journal::open() const
{
    QList<Execution> found;
    for (const qsizetype index : m_last) {
        if (m_executions[index].endedMs == 0)
            found.append(m_executions[index]);
    }
    return found;
}

const Execution *Journal::openOf(qint64 pid) const
{
    const auto found = m_last.constFind(pid);
    return found != m_last.cend() && m_executions[*found].endedMs == 0 ? &m_executions[*found] : nullptr;
}

void Journal::append(char what, const QByteArray &task, quint32 attempt)
{
    const QByteArray line = QByteArray(1, what) + ' ' + task + ' ' + QByteArray::number(attempt) + ' '
        + qgetenv(workerVariable) + ' ' + QByteArray::number(qint64(::getpid())) + ' '
        + QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + '\n';
    LineFile::append(qEnvironmentVariable(fileVariable), line);
}

// Without a time no line: a kill of the whole group meets `date` before the shell now and then.
QString Journal::script(const QString &task, int ms)
{
    return QStringLiteral("line() { t=$(date +%s%3N) && printf '%s %1 0 %s %s %s\\n' $1 $%2 $$ $t >> \"$%4\"; }\n"
                          "line B && sleep %5 && line E")
        .arg(task, QString::fromLatin1(workerVariable), QStringLiteral("%3"), QString::fromLatin1(fileVariable),
             QString::number(ms / 1000.0));
}
