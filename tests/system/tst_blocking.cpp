// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// Tasks whose threads wait for tasks of their own, on one worker with one slot.
class TestBlocking : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QJsonObject status() const { return lab->shell({QStringLiteral("status"), QStringLiteral("--json")}).json(); }
    int count(const char *name) const { return status()[QLatin1String(name)].toInt(); }
    QString submit(const QStringList &words) const
    {
        return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
    }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void recursionEndsOnOneSlot();
    void severalThreadsOfATaskWaitOnOneSlot();
    void aRequestToStopEndsTheWait();
    void theDeathOfTheAgentEndsTheWait();
    void theDeathOfTheChildsExecutorIsWaitedOut();
};

void TestBlocking::init()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.threads")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestBlocking::recursionEndsOnOneSlot()
{
    const Ran ran = lab->shell({QStringLiteral("call"), QStringLiteral("test.blockingFib"), QStringLiteral("9")});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("34"));
    QTRY_COMPARE(count("finished"), 109);
    QCOMPARE(count("running") + count("queued"), 0);
}

void TestBlocking::severalThreadsOfATaskWaitOnOneSlot()
{
    const Ran ran =
        lab->shell({QStringLiteral("call"), QStringLiteral("test.threads"), QStringLiteral("4"), QStringLiteral("50")});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("4"));
    QTRY_COMPARE(count("finished"), 5);
}

void TestBlocking::aRequestToStopEndsTheWait()
{
    const QString id = submit({QStringLiteral("test.blockingParent"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(count("running"), 2, 10'000);
    const QList<qint64> before = lab->executorsOf(QStringLiteral("lab-1"));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(count("running") + count("queued"), 0, 10'000);
    for (const qint64 pid : lab->executorsOf(QStringLiteral("lab-1")))
        QVERIFY2(before.contains(pid), "an executor was killed");
}

void TestBlocking::theDeathOfTheAgentEndsTheWait()
{
    submit({QStringLiteral("test.blockingParent"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(count("running"), 2, 10'000);
    const QList<qint64> executors = lab->executorsOf(QStringLiteral("lab-1"));
    QVERIFY(executors.size() >= 2);
    QVERIFY(lab->kill(QStringLiteral("lab-1")));
    for (const qint64 pid : executors)
        QTRY_VERIFY_WITH_TIMEOUT(!processtable::commandOf(pid).contains(QLatin1String("drover")), 10'000);
}

void TestBlocking::theDeathOfTheChildsExecutorIsWaitedOut()
{
    const QList<qint64> first = lab->executorsOf(QStringLiteral("lab-1"));
    const QString id = submit({QStringLiteral("test.blockingParent"), QStringLiteral("1500")});
    QTRY_COMPARE_WITH_TIMEOUT(count("running"), 2, 10'000);
    for (const qint64 pid : lab->executorsOf(QStringLiteral("lab-1"))) {
        if (!first.contains(pid))
            QVERIFY(processtable::kill(pid));
    }
    const Ran ran = lab->shell({QStringLiteral("wait"), QStringLiteral("--timeout"), QStringLiteral("25"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.text().contains(QLatin1String("1500")));
}

DROVER_TEST_MAIN(TestBlocking)

#include "tst_blocking.moc"
