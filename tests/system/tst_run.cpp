// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryFile>

// `drover run`: a command on a worker is as a command here.
class TestRun : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    Ran run(const QStringList &options, const QString &script, const QByteArray &input = {}) const
    {
        const QStringList command{QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script};
        return lab->shell(QStringList{QStringLiteral("run")} + options + command, input);
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { lab.reset(); }
    void streamsStayApartAndTheCodeIsTheCommands();
    void jsonHoldsOutputAndCode();
    void bytesArriveUntouched();
    void muchInputArrivesComplete();
    void muchOutputArrivesComplete();
    void inputEnvironmentAndFolderReachTheCommand();
    void programsThatCannotRun();
    void timeoutKillsTheCommand();
    void deathByASignalIs128AndItsNumber();
    void interruptCancelsAndTheCommandIsGone();
};

void TestRun::initTestCase()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("drover.run")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestRun::streamsStayApartAndTheCodeIsTheCommands()
{
    const Ran ran = run({}, QStringLiteral("echo hi; echo oops >&2; exit 3"));
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.output, QByteArray("hi\n"));
    QCOMPARE(ran.errors, QByteArray("oops\n"));
    QCOMPARE(run({}, QStringLiteral("exit 0")).code, 0);
    QCOMPARE(run({}, QStringLiteral("exit 124")).code, 124);
}

void TestRun::jsonHoldsOutputAndCode()
{
    const QJsonObject json = run({QStringLiteral("--json")}, QStringLiteral("echo hi; echo oops >&2; exit 3")).json();
    QCOMPARE(json[QLatin1String("exitCode")].toInt(), 3);
    QCOMPARE(json[QLatin1String("output")].toString(), QStringLiteral("hi\n"));
    QCOMPARE(json[QLatin1String("errorOutput")].toString(), QStringLiteral("oops\n"));
    const Ran zero = run({QStringLiteral("--json")}, QStringLiteral("echo hi"));
    VERIFY_RAN(zero, zero.code == 0 && zero.json()[QLatin1String("output")].toString() == QLatin1String("hi\n"));
}

void TestRun::bytesArriveUntouched()
{
    QByteArray every;
    for (int round = 0; round < 16; ++round) {
        for (int byte = 0; byte < 256; ++byte)
            every.append(char(byte));
    }
    const Ran ran = run({QStringLiteral("--stdin")}, QStringLiteral("cat"), every);
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.output, every);
}

void TestRun::muchInputArrivesComplete()
{
    const QByteArray input(20 * 1024 * 1024, 'x'); // more than a message holds
    const Ran ran = run({QStringLiteral("--stdin")}, QStringLiteral("wc -c"), input);
    QCOMPARE(ran.code, 0);
    VERIFY_RAN(ran, ran.output.trimmed().toLongLong() == qint64(input.size()));
}

void TestRun::muchOutputArrivesComplete()
{
    const Ran ran = run({}, QStringLiteral("seq 1 1400000; echo end >&2"));
    QCOMPARE(ran.code, 0);
    VERIFY_RAN(ran, ran.output.size() > 10'000'000);
    QByteArray expected;
    for (int i = 1; i <= 1'400'000; ++i)
        expected += QByteArray::number(i) + '\n';
    QVERIFY(ran.output == expected);
    QCOMPARE(ran.errors, QByteArray("end\n"));
}

void TestRun::inputEnvironmentAndFolderReachTheCommand()
{
    const Ran ran = run({QStringLiteral("--stdin"), QStringLiteral("--env"), QStringLiteral("A=1 2"),
                         QStringLiteral("--env"), QStringLiteral("B="), QStringLiteral("--cwd"), QStringLiteral("/")},
                        QStringLiteral("cat; echo \"[$A][$B]\"; pwd"), "typed\n");
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.output, QByteArray("typed\n[1 2][]\n/\n"));
    QCOMPARE(run({}, QStringLiteral("cat"), "not passed on").output, QByteArray());
    const Ran scratch = run({}, QStringLiteral("pwd; ls -A"));
    VERIFY_RAN(scratch, scratch.output.count('\n') == 1);
    QTRY_VERIFY(!QFile::exists(scratch.text()));
    const Ran nowhere = run({QStringLiteral("--cwd"), QStringLiteral("/no/such/folder")}, QStringLiteral("true"));
    VERIFY_RAN(nowhere, nowhere.code == 126 && nowhere.complaint().contains(QLatin1String("/no/such/folder")));
}

void TestRun::programsThatCannotRun()
{
    const Ran missing = lab->shell(
        {QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("no-such-program"), QStringLiteral("--help")});
    VERIFY_RAN(missing,
               missing.code == 127 && missing.complaint().contains(QLatin1String("no-such-program was not found")));
    QTemporaryFile text;
    QVERIFY(text.open());
    text.write("no program\n");
    text.setPermissions(QFile::ReadOwner);
    const Ran refused = lab->shell({QStringLiteral("run"), QStringLiteral("--"), text.fileName()});
    VERIFY_RAN(refused, refused.code == 126 && refused.complaint().contains(text.fileName()));
}

void TestRun::timeoutKillsTheCommand()
{
    const Ran ran =
        run({QStringLiteral("--timeout"), QStringLiteral("300ms")}, QStringLiteral("echo begun; sleep 7531"));
    VERIFY_RAN(ran, ran.code == 124 && ran.output == "begun\n" && !ran.errors.isEmpty());
    QTRY_VERIFY(!processtable::isRunning(QStringLiteral("sleep 7531")));
}

void TestRun::deathByASignalIs128AndItsNumber()
{
    QCOMPARE(run({}, QStringLiteral("kill -9 $$")).code, 137);
    QCOMPARE(run({}, QStringLiteral("kill -15 $$")).code, 143);
}

void TestRun::interruptCancelsAndTheCommandIsGone()
{
    const auto process = lab->start({QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("sh"),
                                     QStringLiteral("-c"), QStringLiteral("echo begun; sleep 7532; echo not reached")});
    QTRY_VERIFY_WITH_TIMEOUT(process->bytesAvailable() > 0, 10'000);
    QVERIFY(processtable::isRunning(QStringLiteral("sleep 7532")));
    QVERIFY(processtable::interrupt(process->processId()));
    const Ran ran = Lab::result(*process);
    VERIFY_RAN(ran, ran.code == 130 && ran.output == "begun\n");
    static const QRegularExpression idIn(QStringLiteral("cancelling ([0-9a-f-]{36})"));
    const QString id = idIn.match(ran.complaint()).captured(1);
    VERIFY_RAN(ran, !id.isEmpty());
    QTRY_VERIFY(!processtable::isRunning(QStringLiteral("sleep 7532")));
    QTRY_COMPARE(lab->stateOf(id), QStringLiteral("REVOKED"));
}

DROVER_TEST_MAIN(TestRun)

#include "tst_run.moc"
