// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "linefile.h"

#include <QtCore/QHash>

//! One try at a task, as the process that ran it has written it down.
struct Execution
{
    QString task; //!< its id; of a command "#<client>:<number>" as in the ledger
    quint32 attempt = 0; //!< 0 for a command, which does not know it
    QString worker;
    qint64 pid = 0; //!< of the executor, or of the program
    qint64 beganMs = 0; //!< UTC
    qint64 endedMs = 0; //!< 0: it has not
};

//! The side effects of a chaos run: a file to which all processes append a line in one write when an attempt begins, and
//! when it ends.
//!     B <task> <attempt> <worker> <pid> <ms>
class Journal
{
public:
    explicit Journal(const QString &file) : m_lines(file) {}

    //! Reads what came since.
    void update();
    const QList<Execution> &executions() const { return m_executions; }
    //! Those that have begun and not ended; the processes of some of them may be dead.
    QList<Execution> open() const;
    //! The attempt that the process \a pid has not ended; null when there is none.
    const Execution *openOf(qint64 pid) const;

    //! The variables that the processes of workers find the journal and their name by.
    static constexpr const char *fileVariable = "CHAOS_JOURNAL";
    static constexpr const char *workerVariable = "CHAOS_WORKER";
    //! Appends a line, in the process of an attempt.
    static void append(char what, const QByteArray &task, quint32 attempt);
    //! A shell script that does it around a sleep, as the task \a task.
    static QString script(const QString &task, int ms);
    //! How the command \a number of the client \a client is called.
    static QString commandName(const QString &client, quint64 number)
    {
        return QStringLiteral("#%1:%2").arg(client).arg(number);
    }

private:
    LineFile m_lines;
    QList<Execution> m_executions;
    QHash<qint64, qsizetype> m_last; //!< of each process: where its last execution is
};
