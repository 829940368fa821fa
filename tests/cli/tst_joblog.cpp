// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/joblog.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::cli;

//! The log of `drover map`: its format, and what --resume makes of it.
class TestJobLog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString file() const { return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())); }
    QByteArray content() const
    {
        QFile log(file());
        return log.open(QFile::ReadOnly) ? log.readAll() : QByteArray("no file");
    }
    void write(const QByteArray &text) const
    {
        QFile log(file());
        QVERIFY(log.open(QFile::WriteOnly));
        log.write(text);
    }
    static QByteArray line(qint64 seq, int exitCode, int signal = 0)
    {
        Job job;
        job.seq = seq;
        job.exitCode = exitCode;
        job.signal = signal;
        job.command = command(seq);
        return JobLog::line(job);
    }
    static QString command(qint64 seq) { return QStringLiteral("echo %1").arg(seq); }

private Q_SLOTS:
    void aLineIsThatOfGnuParallel()
    {
        const Job job{7, QStringLiteral("lab-1"), 1'700'000'000'250, 1500, 42, 3, 0, QStringLiteral("sh -c 'a\tb\nc'")};
        const QByteArray text = JobLog::line(job);
        QCOMPARE(text, QByteArray("7\tlab-1\t1700000000.250\t1.500\t0\t42\t3\t0\tsh -c 'a\\tb\\nc'\n"));
        const auto read = JobLog::job(text);
        QVERIFY(read);
        QCOMPARE(read->seq, 7);
        QCOMPARE(read->host, job.host);
        QCOMPARE(read->startedMs, job.startedMs);
        QCOMPARE(read->runtimeMs, job.runtimeMs);
        QCOMPARE(read->received, 42);
        QCOMPARE(read->exitCode, 3);
        QCOMPARE(read->command, JobLog::commandText(job.command));
        QCOMPARE(JobLog::header.count('\t'), text.count('\t'));
    }

    void linesThatAreNoneAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray("\n");
        QTest::newRow("names") << JobLog::header;
        QTest::newRow("cut off") << line(1, 0).chopped(1);
        QTest::newRow("cut off within a number") << line(1, 0).left(9);
        QTest::newRow("no number") << QByteArray("x\th\t1\t1\t0\t0\t0\t0\tc\n");
        QTest::newRow("number 0") << line(0, 0);
        QTest::newRow("exit code is text") << QByteArray("1\th\t1\t1\t0\t0\tx\t0\tc\n");
        QTest::newRow("too many columns") << QByteArray("1\th\t1\t1\t0\t0\t0\t0\tc\td\n");
    }
    void linesThatAreNoneAreLeftOut()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!JobLog::job(line));
    }

    void theLastLineOfAnItemCounts()
    {
        write(JobLog::header + line(1, 0) + line(2, 1) + line(3, 0, 9) + line(4, 1) + line(4, 0) + line(5, 0)
              + line(5, 2) + line(6, 0).chopped(3));
        const auto done = JobLog::succeeded(file(), command);
        QVERIFY(done);
        QCOMPARE(*done, (QSet<qint64>{1, 4}));
    }

    void aLogThatIsNotThereHasNothing()
    {
        const auto done = JobLog::succeeded(file(), command);
        QVERIFY(done && done->isEmpty());
    }

    void aLogOfOtherWorkIsRefused()
    {
        write(JobLog::header + line(1, 0));
        const auto other = JobLog::succeeded(file(), [](qint64) { return QStringLiteral("ls 1"); });
        QVERIFY(!other && other.error().code() == ErrorCode::InvalidArgument);
        QVERIFY(other.error().message().contains(QLatin1String("'echo 1'")));
        QVERIFY(other.error().message().contains(QLatin1String("'ls 1'")));
        QVERIFY(other.error().message().contains(file()));
    }

    void aNewLogBeginsWithTheNames()
    {
        write("old\n");
        {
            const auto log = JobLog::open(file(), false);
            QVERIFY(log);
            Job job;
            job.seq = 1;
            job.command = command(1);
            (*log)->append(job);
            QCOMPARE(content(), JobLog::header + line(1, 0));
        }
        QVERIFY(JobLog::open(file(), true));
        QCOMPARE(content(), JobLog::header + line(1, 0));
    }

    void aLogThatGoesOnBehindABrokenLineBeginsANewOne()
    {
        write(JobLog::header + line(1, 0) + "2\tlab");
        const auto log = JobLog::open(file(), true);
        QVERIFY(log);
        Job job;
        job.seq = 3;
        job.command = command(3);
        (*log)->append(job);
        const auto done = JobLog::succeeded(file(), command);
        QVERIFY(done);
        QCOMPARE(*done, (QSet<qint64>{1, 3}));
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        const auto log = JobLog::open(QStringLiteral("/no/such/folder/log"), false);
        QVERIFY(!log && log.error().code() == ErrorCode::StorageFailed);
        QVERIFY(log.error().message().contains(QLatin1String("/no/such/folder/log")));
    }
};

DROVER_TEST_MAIN(TestJobLog)
#include "tst_joblog.moc"
