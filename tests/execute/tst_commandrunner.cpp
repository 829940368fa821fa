// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandrunner.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

#include <csignal>

using namespace drover;

namespace {

//! Runs one command and keeps what it said.
class Run : public QObject
{
public:
    explicit Run(const Command &command) : Run(Payload::cbor(*runCommand.encode(command))) {}
    explicit Run(const Payload &arguments) : runner(LeaseRef{Id(), {1, 1}}, arguments)
    {
        connect(&runner, &CommandRunner::output, this, [this](StreamItem::Kind kind, const QByteArray &bytes) {
            (kind == StreamItem::Output ? output : errorOutput) += bytes;
        });
        connect(&runner, &CommandRunner::finished, this, [this](const Finished &how) { finished.append(how); });
        runner.start();
    }
    const Error &error() const { return finished.first().error; }
    QVariant detail(const char *name) const { return error().details().value(QLatin1String(name)); }

    CommandRunner runner;
    QByteArray output;
    QByteArray errorOutput;
    QList<Finished> finished;
};

Command shell(const char *script)
{
    return Command("sh").args("-c", script);
}

bool isAlive(qint64 pid)
{
    return ::kill(pid_t(pid), 0) == 0;
}

} // namespace

class TestCommandRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outputsAreKeptApartAndInOrder()
    {
        Run run(shell("for i in 1 2 3; do echo out$i; echo err$i >&2; done"));
        QTRY_COMPARE(run.finished.size(), 1);
        QVERIFY(run.finished.first().ok);
        QCOMPARE(run.output, QByteArray("out1\nout2\nout3\n"));
        QCOMPARE(run.errorOutput, QByteArray("err1\nerr2\nerr3\n"));
        const auto result = decodeValue<CommandResult>(*run.finished.first().value.inlineBytes());
        QVERIFY(result.has_value());
        QCOMPARE(result->output(), run.output);
        QCOMPARE(result->errorOutput(), run.errorOutput);
    }

    void bytesAreLeftAsTheyAre()
    {
        Run run(shell("printf 'a\\000b\\377\\r\\n'"));
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.output, QByteArray("a\0b\xff\r\n", 6));
    }

    void anExitCodeIsAnErrorWithTheOutput()
    {
        Run run(shell("echo hi; echo oops >&2; exit 3"));
        QTRY_COMPARE(run.finished.size(), 1);
        QVERIFY(!run.finished.first().ok);
        QCOMPARE(run.error().reason(), Reason::ExitCode);
        const auto result = CommandResult::fromError(run.error());
        QVERIFY(result.has_value());
        QCOMPARE(result->exitCode(), 3);
        QCOMPARE(result->output(), QByteArray("hi\n"));
        QCOMPARE(result->errorOutput(), QByteArray("oops\n"));
    }

    void aSignalIsAnExitCodeWithTheSignal()
    {
        Run run(shell("kill -TERM $$"));
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.error().reason(), Reason::ExitCode);
        QCOMPARE(run.detail("signal").toInt(), SIGTERM);
        QCOMPARE(run.detail("exitCode").toInt(), 128 + SIGTERM);
    }

    void aProgramThatIsNotThereIsNotFound_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("name") << QStringLiteral("no-such-program-here");
        QTest::newRow("path") << QStringLiteral("/no/such/program");
    }
    void aProgramThatIsNotThereIsNotFound()
    {
        QFETCH(QString, program);
        Run run{Command(program)};
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.error().reason(), Reason::SpawnFailed);
        QCOMPARE(run.detail("notFound").toBool(), true);
    }

    void aFileThatIsNoProgramCannotBeStarted()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("text"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        Run run{Command(path)};
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.error().reason(), Reason::SpawnFailed);
        QCOMPARE(run.detail("notFound").toBool(), false);
    }

    void inputEnvironmentAndFolderReachTheProgram()
    {
        QTemporaryDir folder;
        Command command = shell("cat; echo $WHO; pwd");
        command.input("in\n").environment("WHO", "me").workingDirectory(folder.path());
        Run run(command);
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.output, "in\nme\n" + folder.path().toUtf8() + '\n');
    }

    void aCommandHasAFolderOfItsOwnThatGoesWithIt()
    {
        QString folder;
        {
            Run run(shell("pwd; touch file"));
            QTRY_COMPARE(run.finished.size(), 1);
            folder = QString::fromUtf8(run.output.trimmed());
            QVERIFY(QFile::exists(folder + QStringLiteral("/file")));
        }
        QVERIFY(!folder.isEmpty() && !QFile::exists(folder));
    }

    void argumentsThatAreNoCommandAreRejected()
    {
        Run run(Payload::cbor("\x81\x01"));
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.error().reason(), Reason::Rejected);
    }

    void aStopEndsGrandchildrenToo()
    {
        Run run(shell("sleep 1000 & echo $!; wait"));
        QTRY_VERIFY(run.output.endsWith('\n'));
        const qint64 grandchild = run.output.trimmed().toLongLong();
        QVERIFY(isAlive(grandchild));
        run.runner.stop(false);
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.detail("signal").toInt(), SIGTERM);
        QTRY_VERIFY(!isAlive(grandchild) || QFile::exists(QStringLiteral("/proc/%1/exe").arg(grandchild)) == false);
    }

    void whoDoesNotListenIsKilled()
    {
        Run run(shell("trap '' TERM; echo ready; while :; do :; done"));
        QTRY_COMPARE(run.output, QByteArray("ready\n"));
        run.runner.stop(false);
        run.runner.stop(true);
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.detail("signal").toInt(), SIGKILL);
    }

    void whatAProgramLeavesBehindEndsWithIt()
    {
        Run run(shell("sleep 1000 & echo $!"));
        QTRY_COMPARE(run.finished.size(), 1);
        QVERIFY(run.finished.first().ok);
        QTRY_VERIFY(!QFile::exists(QStringLiteral("/proc/%1/exe").arg(run.output.trimmed().toLongLong())));
    }

    void aPausedCommandWaitsAndLosesNothing()
    {
        Run run(shell("head -c 3000000 /dev/zero; echo done >&2"));
        const auto pausing = connect(&run.runner, &CommandRunner::output, &run, [&run] { run.runner.setPaused(true); });
        QTRY_VERIFY(!run.output.isEmpty());
        disconnect(pausing);
        const qsizetype size = run.output.size();
        Run other(shell("true")); // turns the event loop for a while
        QTRY_COMPARE(other.finished.size(), 1);
        QCOMPARE(run.output.size(), size);
        QVERIFY(run.finished.isEmpty());
        run.runner.setPaused(false);
        QTRY_COMPARE(run.finished.size(), 1);
        QCOMPARE(run.output.size(), 3000000);
        QCOMPARE(run.errorOutput, QByteArray("done\n"));
        const auto result = decodeValue<CommandResult>(*run.finished.first().value.inlineBytes());
        QVERIFY(result->isOutputTruncated());
        QCOMPARE(result->output().size(), CommandRunner::maxKept);
    }

    void destroyingTheRunnerKillsTheProgram()
    {
        qint64 pid = 0;
        {
            Run run(shell("echo $$; exec sleep 1000"));
            QTRY_VERIFY(run.output.endsWith('\n'));
            pid = run.output.trimmed().toLongLong();
        }
        QVERIFY(!isAlive(pid));
    }
};

DROVER_TEST_MAIN(TestCommandRunner)

#include "tst_commandrunner.moc"
