// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/joblog.h"

namespace drover::cli {

namespace {

QByteArray secondsText(qint64 ms)
{
    return QByteArray::number(double(ms) / 1000, 'f', 3);
}

qint64 msOf(const QByteArray &seconds)
{
    return qRound64(seconds.toDouble() * 1000);
}

Unexpected<Error> storage(const QFile &file, const char *what)
{
    return fail(ErrorCode::StorageFailed,
                QStringLiteral("The job log %1 cannot be %2: %3")
                    .arg(file.fileName(), QString::fromLatin1(what), file.errorString()));
}

} // namespace

const QByteArray JobLog::header = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";

QString JobLog::commandText(const QString &command)
{
    QString text = command;
    return text.replace(u'\t', QLatin1String("\\t"))
        .replace(u'\n', QLatin1String("\\n"))
        .replace(u'\r', QLatin1String("\\r"));
}

QByteArray JobLog::line(const Job &job)
{
    const QByteArrayList cells{QByteArray::number(job.seq),
                               commandText(job.host).toUtf8(),
                               secondsText(job.startedMs),
                               secondsText(job.runtimeMs),
                               "0",
                               QByteArray::number(job.received),
                               QByteArray::number(job.exitCode),
                               QByteArray::number(job.signal),
                               commandText(job.command).toUtf8()};
    return cells.join('\t') + '\n';
}

std::optional<Job> JobLog::job(const QByteArray &line)
{
    if (!line.endsWith('\n'))
        return std::nullopt;
    const QByteArrayList cells = line.chopped(1).split('\t');
    bool isJob = cells.size() == 9;
    Job job;
    job.seq = isJob ? cells[0].toLongLong(&isJob) : 0;
    if (!isJob || job.seq < 1)
        return std::nullopt;
    job.host = QString::fromUtf8(cells[1]);
    job.startedMs = msOf(cells[2]);
    job.runtimeMs = msOf(cells[3]);
    job.received = cells[5].toLongLong();
    job.exitCode = cells[6].toInt(&isJob);
    job.signal = cells[7].toInt();
    job.command = QString::fromUtf8(cells[8]);
    return isJob ? std::optional(job) : std::nullopt;
}

Result<QSet<qint64>> JobLog::succeeded(const QString &name, const std::function<QString(qint64)> &commandOf)
{
    QSet<qint64> done;
    QFile file(name);
    if (!file.exists())
        return done;
    if (!file.open(QFile::ReadOnly))
        return storage(file, "read");
    while (!file.atEnd()) {
        const auto job = JobLog::job(file.readLine());
        if (!job)
            continue;
        const QString command = commandText(commandOf(job->seq));
        if (job->command != command)
            return fail(
                ErrorCode::InvalidArgument,
                QStringLiteral("The job log %1 is of other work: its item %2 was '%3', here it is '%4'. Give the "
                               "same command and input, or another --joblog.")
                    .arg(name)
                    .arg(job->seq)
                    .arg(job->command, command.isEmpty() ? QStringLiteral("nothing") : command));
        if (job->exitCode == 0 && job->signal == 0)
            done.insert(job->seq);
        else
            done.remove(job->seq);
    }
    return done;
}

Result<std::unique_ptr<JobLog>> JobLog::open(const QString &file, bool goOn)
{
    std::unique_ptr<JobLog> log(new JobLog(file));
    QFile &out = log->m_file;
    if (!out.open(goOn ? QFile::ReadWrite : QFile::WriteOnly | QFile::Truncate))
        return storage(out, "written");
    QByteArray last = "\n";
    if (out.size() > 0 && out.seek(out.size() - 1))
        last = out.read(1);
    out.seek(out.size());
    if (out.size() == 0)
        out.write(header);
    else if (last != "\n")
        out.write("\n");
    if (!out.flush())
        return storage(out, "written");
    return log;
}

void JobLog::append(const Job &job)
{
    m_file.write(line(job));
    m_file.flush();
}

} // namespace drover::cli
