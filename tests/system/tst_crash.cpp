// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// Code that dies takes its executor with it and nothing else.
class TestCrash : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QString submit(const QStringList &words) const
    {
        return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
    }
    Ran call(const QStringList &words) const { return lab->shell(QStringList{QStringLiteral("call")} + words); }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void abortIsAFailureWithItsSignalAndTheWorkerLives();
    void killedExecutorCostsItsTaskOneAttempt();
    void pluginThatCrashesWhenLoadedLeavesTheOthers();
};

void TestCrash::init()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
}

void TestCrash::abortIsAFailureWithItsSignalAndTheWorkerLives()
{
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY(lab->awaitFunction(QStringLiteral("test.abort")));
    const qint64 pid = lab->process(QStringLiteral("lab-1")).processId();
    const QString id = submit({QStringLiteral("test.abort")});
    const Ran ran = lab->shell({QStringLiteral("wait"), id});
    VERIFY_RAN(ran, ran.code == 1 && ran.complaint().contains(QLatin1String("signal 6")));

    const QJsonObject task = lab->show(id);
    QCOMPARE(task[QLatin1String("state")].toString(), QStringLiteral("FAILURE"));
    QCOMPARE(task[QLatin1String("reason")].toString(), QStringLiteral("quarantined"));
    QCOMPARE(task[QLatin1String("error")][QLatin1String("details")][QLatin1String("signal")].toInt(), 6);
    const QJsonArray attempts = task[QLatin1String("attempts")].toArray();
    QCOMPARE(attempts.size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(attempts[i][QLatin1String("number")].toInt(), i + 1);
        QCOMPARE(attempts[i][QLatin1String("error")][QLatin1String("reason")].toString(), QStringLiteral("crashed"));
        QCOMPARE(attempts[i][QLatin1String("error")][QLatin1String("details")][QLatin1String("signal")].toInt(), 6);
    }
    const Ran next = call({QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")});
    VERIFY_RAN(next, next.code == 0 && next.text() == QLatin1String("5"));
    QCOMPARE(lab->process(QStringLiteral("lab-1")).state(), QProcess::Running);
    QCOMPARE(lab->process(QStringLiteral("lab-1")).processId(), pid);
}

void TestCrash::killedExecutorCostsItsTaskOneAttempt()
{
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY(lab->awaitFunction(QStringLiteral("test.block")));
    const QString id = submit({QStringLiteral("test.block"), QStringLiteral("1500")});
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("STARTED"), 10'000);
    for (const qint64 pid : lab->executorsOf(QStringLiteral("lab-1")))
        QVERIFY(processtable::kill(pid));
    const Ran ran = lab->shell({QStringLiteral("wait"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("1500"));
    const QJsonArray attempts = lab->show(id)[QLatin1String("attempts")].toArray();
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0][QLatin1String("error")][QLatin1String("reason")].toString(), QStringLiteral("crashed"));
    QCOMPARE(attempts[0][QLatin1String("error")][QLatin1String("details")][QLatin1String("signal")].toInt(), 9);
}

void TestCrash::pluginThatCrashesWhenLoadedLeavesTheOthers()
{
    QVERIFY(lab->startWorker(
        QStringLiteral("lab-1"),
        {QStringLiteral("--plugin"), Lab::crashingPlugin(), QStringLiteral("--plugin"), Lab::labPlugin()}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("lab.add")), qPrintable(lab->log(QStringLiteral("lab-1"))));
    const Ran ran = call({QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("5"));
    QVERIFY2(lab->log(QStringLiteral("lab-1")).contains(QLatin1String("crashing_plugin")),
             qPrintable(lab->log(QStringLiteral("lab-1"))));
    QVERIFY(lab->startWorker(
        QStringLiteral("lab-2"),
        {QStringLiteral("--plugin"), Lab::crashingPlugin(), QStringLiteral("--tag"), QStringLiteral("bare")}));
    const Ran command = lab->shell({QStringLiteral("run"), QStringLiteral("--tag"), QStringLiteral("bare"),
                                    QStringLiteral("--"), QStringLiteral("echo"), QStringLiteral("alive")});
    VERIFY_RAN(command, command.code == 0 && command.text() == QLatin1String("alive"));
    QVERIFY(lab->end(QStringLiteral("lab-1")));
    QVERIFY(lab->end(QStringLiteral("lab-2")));
}

DROVER_TEST_MAIN(TestCrash)

#include "tst_crash.moc"
