// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QSet>

namespace drover::cli {

//! One line of a job log: a job that has ended.
struct Job
{
    qint64 seq = 0; //!< of the item, from 1
    QString host; //!< the worker
    qint64 startedMs = 0; //!< UTC
    qint64 runtimeMs = 0;
    qint64 received = 0; //!< bytes of output
    int exitCode = 0;
    int signal = 0;
    QString command;
};

//! The log of `drover map --joblog`, in the format of GNU parallel: a line of names, then a line a job, columns apart by tabs.
class JobLog
{
public:
    static const QByteArray header;
    static QByteArray line(const Job &job);
    //! Nothing for the line of names and for one that is broken, such as the last one of a run that was killed.
    static std::optional<Job> job(const QByteArray &line);
    //! \a command as it stands in a log: on one line, without tabs.
    static QString commandText(const QString &command);

    //! What a log says of the items that need not run again: those whose last line has exit code 0 and no signal.
    //! Conflict when one of them was another command than \a commandOf gives for it.
    static Result<QSet<qint64>> succeeded(const QString &file, const std::function<QString(qint64 seq)> &commandOf);

    //! Begins a log anew, or goes on with what is there. StorageFailed when the file cannot be written.
    static Result<std::unique_ptr<JobLog>> open(const QString &file, bool goOn);
    void append(const Job &job);

private:
    explicit JobLog(const QString &file) : m_file(file) {}
    QFile m_file;
};

} // namespace drover::cli
