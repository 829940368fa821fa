// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// Brokers and workers that die or are asked to leave, with tasks in all states.
class TestRestart : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    const QString one = QStringLiteral("lab-1");
    const QString two = QStringLiteral("lab-2");
    const QStringList oneSlot{QStringLiteral("--slots"), QStringLiteral("1")};

    QString submit(const QStringList &words) const
    {
        return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
    }
    QString submitSleep(int ms) const { return submit({QStringLiteral("test.sleep"), QString::number(ms)}); }
    QString resultOf(const QString &id) const
    {
        return lab->shell({QStringLiteral("wait"), QStringLiteral("--timeout"), QStringLiteral("20"), id}).text();
    }
    int count(const char *name) const
    {
        return lab->shell({QStringLiteral("status"), QStringLiteral("--json")}).json()[QLatin1String(name)].toInt();
    }
    QJsonArray attemptsOf(const QString &id) const { return lab->show(id)[QLatin1String("attempts")].toArray(); }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void killedBrokerHasEverythingOnce();
    void askedWorkerFinishesWhatRuns();
    void workerAskedTwiceHandsBack();
    void tasksOfAKilledWorkerRunAgainAtOnce();
    void workerThatIsStartedAgainGoesOn();
};

void TestRestart::init()
{
    qputenv("DROVER_PROGRAM", "true"); // or a waiting shell would start a broker of its own
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(one, oneSlot));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(one)));
}

void TestRestart::killedBrokerHasEverythingOnce()
{
    const QString file = lab->home() + QStringLiteral("/ran.txt");
    const QString finished = submit({QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")});
    QCOMPARE(resultOf(finished), QStringLiteral("5"));
    const QString running = submitSleep(2500);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    QStringList queued;
    for (int i = 0; i < 5; ++i)
        queued.append(submit({QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("sh"),
                              QStringLiteral("-c"), QStringLiteral("echo %1 >> %2").arg(i).arg(file)}));
    const QString unwanted = submit({QStringLiteral("--tag"), QStringLiteral("none"), QStringLiteral("lab.add"),
                                     QStringLiteral("1"), QStringLiteral("1")});
    const auto waiting = lab->start({QStringLiteral("wait"), running});

    QVERIFY(lab->kill(QStringLiteral("broker")));
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QCOMPARE(lab->stateOf(finished), QStringLiteral("SUCCESS"));
    QCOMPARE(resultOf(finished), QStringLiteral("5"));
    const Ran ran = Lab::result(*waiting);
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("2500"));
    QCOMPARE(attemptsOf(running).size(), 1);
    for (const QString &id : std::as_const(queued))
        QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("SUCCESS"), 10'000);
    QFile lines(file);
    QVERIFY(lines.open(QFile::ReadOnly));
    QCOMPARE(lines.readAll(), QByteArray("0\n1\n2\n3\n4\n"));
    QCOMPARE(lab->stateOf(unwanted), QStringLiteral("PENDING"));
    QCOMPARE(count("finished"), 7);
    QCOMPARE(count("queued"), 1);
}

void TestRestart::askedWorkerFinishesWhatRuns()
{
    const QString running = submitSleep(1500);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    const QString next = submitSleep(1);
    QVERIFY(lab->end(one));
    QCOMPARE(lab->stateOf(running), QStringLiteral("SUCCESS"));
    QCOMPARE(lab->stateOf(next), QStringLiteral("PENDING"));
    QVERIFY(lab->startWorker(two));
    QCOMPARE(resultOf(next), QStringLiteral("1"));
    QCOMPARE(attemptsOf(running).size(), 1);
}

void TestRestart::workerAskedTwiceHandsBack()
{
    const QString running = submitSleep(60'000);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    lab->process(one).terminate();
    QVERIFY(!lab->process(one).waitForFinished(300));
    QVERIFY(lab->end(one));
    QTRY_COMPARE(lab->stateOf(running), QStringLiteral("PENDING"));
    QVERIFY(lab->startWorker(two));
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    QCOMPARE(lab->shell({QStringLiteral("cancel"), running}).code, 0);
}

void TestRestart::tasksOfAKilledWorkerRunAgainAtOnce()
{
    const QString running = submitSleep(1000);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    QVERIFY(lab->startWorker(two));
    QVERIFY(lab->awaitFunction(QStringLiteral("test.sleep"), two));
    QVERIFY(lab->kill(one));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(resultOf(running), QStringLiteral("1000"));
    QVERIFY2(timer.elapsed() < 10'000, QByteArray::number(timer.elapsed()).constData()); // a lease has 30 s
    const QJsonArray attempts = attemptsOf(running);
    QCOMPARE(attempts.size(), 2);
    QCOMPARE(attempts[0][QLatin1String("worker")].toString(), one);
    QCOMPARE(attempts[0][QLatin1String("error")][QLatin1String("reason")].toString(), QStringLiteral("worker_lost"));
    QCOMPARE(attempts[1][QLatin1String("worker")].toString(), two);
}

void TestRestart::workerThatIsStartedAgainGoesOn()
{
    const QString running = submitSleep(1500);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    QVERIFY(lab->kill(one));
    QVERIFY(lab->startWorker(one, oneSlot));
    QCOMPARE(resultOf(running), QStringLiteral("1500"));
    QCOMPARE(attemptsOf(running).size(), 2);
}

DROVER_TEST_MAIN(TestRestart)

#include "tst_restart.moc"
