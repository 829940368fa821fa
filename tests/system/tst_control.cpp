// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// What a person has done with tasks from the shell: pause, resume, kill, purge, restore.
class TestControl : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QString submit(const QStringList &words) const
    {
        return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
    }
    Ran verb(const char *name, const QString &id) const { return lab->shell({QString::fromLatin1(name), id}); }
    qint64 sizeOf(const QString &file) const { return QFileInfo(file).size(); }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void aCommandStandsStillWithAllThatItStarted();
    void aFunctionStandsStill();
    void aKilledTaskIsNotAsked();
    void aHeldTaskWaitsUntilItIsResumed();
    void thePurgedTaskComesBack();
    void whatHasEndedIsAConflict();
    void aQueueIsSetAndTheStoreIsCopied();
    void aPausedQueueStartsNothing();
    void wrongQueueOptionsAreNamed_data();
    void wrongQueueOptionsAreNamed();
    void eachWaitHasItsReason();
};

void TestControl::init()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestControl::aCommandStandsStillWithAllThatItStarted()
{
    const QString file = lab->home() + QStringLiteral("/ticks");
    const QString id =
        submit({QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
                QStringLiteral("(while :; do echo tick >> %1; sleep 0.01; done) & wait").arg(file)});
    QTRY_VERIFY_WITH_TIMEOUT(sizeOf(file) > 50, 10'000);
    const Ran paused = verb("pause", id);
    VERIFY_RAN(paused, paused.code == 0);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("PAUSED"), 10'000);
    const qint64 stands = sizeOf(file);
    QCOMPARE(lab->shell({QStringLiteral("status")}).code, 0); // a while in which it would have written
    QCOMPARE(sizeOf(file), stands);
    const Ran resumed = verb("resume", id);
    VERIFY_RAN(resumed, resumed.code == 0);
    QTRY_VERIFY_WITH_TIMEOUT(sizeOf(file) > stands, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("STARTED"), 10'000);
    QCOMPARE(verb("pause", id).code, 0);
    QCOMPARE(verb("cancel", id).code, 0); // what stands still hears of it, too
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
}

void TestControl::aFunctionStandsStill()
{
    const QString id = submit({QStringLiteral("test.block"), QStringLiteral("6000")});
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("STARTED"), 10'000);
    QCOMPARE(verb("pause", id).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("PAUSED"), 10'000);
    QCOMPARE(verb("resume", id).code, 0);
    const Ran ran = lab->shell({QStringLiteral("wait"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("6000"));
}

void TestControl::aKilledTaskIsNotAsked()
{
    const QString id = submit({QStringLiteral("test.stubborn"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("STARTED"), 10'000);
    const Ran killed = verb("kill", id);
    VERIFY_RAN(killed, killed.code == 0 && killed.text().contains(QLatin1String("requested")));
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
    const Ran next =
        lab->shell({QStringLiteral("call"), QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")});
    VERIFY_RAN(next, next.code == 0 && next.text() == QLatin1String("5"));
}

void TestControl::aHeldTaskWaitsUntilItIsResumed()
{
    const QString running = submit({QStringLiteral("test.block"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    const QString held = submit({QStringLiteral("test.sleep"), QStringLiteral("1")});
    const QString next = submit({QStringLiteral("test.sleep"), QStringLiteral("2")});
    QCOMPARE(verb("pause", held).text(), QStringLiteral("paused"));
    QCOMPARE(lab->stateOf(held), QStringLiteral("HELD"));
    QCOMPARE(verb("cancel", running).code, 0);
    QCOMPARE(lab->shell({QStringLiteral("wait"), next}).text(), QStringLiteral("2"));
    QCOMPARE(lab->stateOf(held), QStringLiteral("HELD"));
    QCOMPARE(verb("resume", held).text(), QStringLiteral("resumed"));
    QCOMPARE(lab->shell({QStringLiteral("wait"), held}).text(), QStringLiteral("1"));
}

void TestControl::thePurgedTaskComesBack()
{
    const QString id =
        submit({QStringLiteral("--delay"), QStringLiteral("1h"), QStringLiteral("test.sleep"), QStringLiteral("1")});
    QCOMPARE(lab->stateOf(id), QStringLiteral("SCHEDULED"));
    QCOMPARE(verb("purge", id).code, 0);
    QCOMPARE(lab->stateOf(id), QStringLiteral("TRASHED"));
    QVERIFY(lab->kill(QStringLiteral("broker")));
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QCOMPARE(lab->stateOf(id), QStringLiteral("TRASHED"));
    QCOMPARE(verb("restore", id).code, 0);
    QCOMPARE(lab->stateOf(id), QStringLiteral("SCHEDULED"));
    QCOMPARE(verb("retry", id).code, 0);
    QCOMPARE(lab->shell({QStringLiteral("wait"), id}).text(), QStringLiteral("1"));
}

void TestControl::whatHasEndedIsAConflict()
{
    const QString id = submit({QStringLiteral("test.sleep"), QStringLiteral("1")});
    QCOMPARE(lab->shell({QStringLiteral("wait"), id}).code, 0);
    for (const char *name : {"pause", "resume", "kill", "purge", "restore"}) {
        const Ran ran = verb(name, id);
        VERIFY_RAN(ran, ran.code == 1 && ran.complaint().contains(QLatin1String("has ended")));
    }
}

void TestControl::aQueueIsSetAndTheStoreIsCopied()
{
    const Ran set = lab->shell({QStringLiteral("queue"), QStringLiteral("scratch"), QStringLiteral("--durability"),
                                QStringLiteral("memory"), QStringLiteral("--json")});
    VERIFY_RAN(set, set.code == 0 && set.json()[QLatin1String("durability")].toString() == QLatin1String("memory"));
    const QString id = submit(
        {QStringLiteral("--queue"), QStringLiteral("scratch"), QStringLiteral("test.sleep"), QStringLiteral("3")});
    QCOMPARE(lab->shell({QStringLiteral("wait"), id}).text(), QStringLiteral("3"));
    const QString copy = lab->home() + QStringLiteral("/copy.db");
    const Ran made = lab->shell({QStringLiteral("backup"), copy});
    VERIFY_RAN(made, made.code == 0 && QFileInfo(copy).size() > 0);
    const Ran again = lab->shell({QStringLiteral("backup"), copy});
    VERIFY_RAN(again, again.code == 2 && again.complaint().contains(QLatin1String("there already")));
    const Ran compacted = lab->shell({QStringLiteral("compact")});
    VERIFY_RAN(compacted, compacted.code == 0);
    QVERIFY(lab->end(QStringLiteral("broker")));
    QVERIFY2(lab->startBroker({QStringLiteral("--store"), copy}), qPrintable(lab->log(QStringLiteral("broker"))));
    QCOMPARE(lab->stateOf(id), QStringLiteral("SUCCESS")); // the copy has it all
    const Ran kept = lab->shell({QStringLiteral("queue"), QStringLiteral("scratch")});
    VERIFY_RAN(kept, kept.text().contains(QLatin1String("memory")));
}

void TestControl::aPausedQueueStartsNothing()
{
    const QString gpu = QStringLiteral("gpu");
    const Ran paused = lab->shell({QStringLiteral("queue"), gpu, QStringLiteral("--pause"), QStringLiteral("--why"),
                                   QStringLiteral("driver update")});
    VERIFY_RAN(paused, paused.code == 0 && paused.text().contains(QLatin1String(": driver update, weight 1")));
    const QString id = submit({QStringLiteral("--queue"), gpu, QStringLiteral("test.sleep"), QStringLiteral("4")});
    const QString other = submit({QStringLiteral("test.sleep"), QStringLiteral("5")});
    QCOMPARE(lab->shell({QStringLiteral("wait"), other}).text(), QStringLiteral("5"));
    QCOMPARE(lab->stateOf(id), QStringLiteral("PENDING"));
    const Ran why = verb("why", id);
    VERIFY_RAN(why,
               why.text().startsWith(QLatin1String("The queue gpu was paused by "))
                   && why.text().endsWith(QLatin1String(": driver update")));
    const Ran all = lab->shell({QStringLiteral("queue")});
    VERIFY_RAN(all, all.text().count(u'\n') == 2 && all.text().contains(QLatin1String("driver update")));
    const Ran resumed = lab->shell(
        {QStringLiteral("queue"), gpu, QStringLiteral("--resume"), QStringLiteral("--weight"), QStringLiteral("3")});
    VERIFY_RAN(resumed, resumed.text().startsWith(QLatin1String("gpu: open, weight 3")));
    QCOMPARE(lab->shell({QStringLiteral("wait"), id}).text(), QStringLiteral("4"));
}

void TestControl::wrongQueueOptionsAreNamed_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *words, const char *said) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ') << QString::fromLatin1(said);
    };
    row("q --pause --resume", "either --pause or --resume");
    row("q --why late", "--why goes with --pause");
    row("q --weight 0", "from 1 to 1000, got \"0\"");
    row("q --durability paper", "got \"paper\"");
    row("q r", "one queue");
    row("--pause", "one queue");
}

void TestControl::wrongQueueOptionsAreNamed()
{
    QFETCH(QStringList, words);
    QFETCH(QString, said);
    const Ran ran = lab->shell(QStringList{QStringLiteral("queue")} + words);
    VERIFY_RAN(ran, ran.code == 2 && ran.complaint().contains(said));
}

void TestControl::eachWaitHasItsReason()
{
    const auto said = [this](const QString &id) { return verb("why", id).text(); };
    const QString runs = submit({QStringLiteral("test.sleep"), QStringLiteral("60000")});
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(runs), QStringLiteral("STARTED"), 10'000);
    QVERIFY2(said(runs).startsWith(QLatin1String("It runs on lab-1 since ")), qPrintable(said(runs)));

    const QString busy = submit({QStringLiteral("test.sleep"), QStringLiteral("1")});
    QCOMPARE(said(busy), QStringLiteral("All slots of the workers that can run it are busy: lab-1 1/1."));
    const QString unknown = submit({QStringLiteral("lab.nobody")});
    QCOMPARE(said(unknown), QStringLiteral("No connected worker offers lab.nobody."));
    const QString tagged =
        submit({QStringLiteral("--tag"), QStringLiteral("gpu"), QStringLiteral("test.sleep"), QStringLiteral("1")});
    QCOMPARE(said(tagged), QStringLiteral("No connected worker with test.sleep has the tags gpu."));
    const QString later =
        submit({QStringLiteral("--eta"), QStringLiteral("+1h"), QStringLiteral("test.sleep"), QStringLiteral("1")});
    QVERIFY2(said(later).startsWith(QLatin1String("Its time comes at ")), qPrintable(said(later)));
    QCOMPARE(verb("pause", busy).code, 0);
    QCOMPARE(said(busy), QStringLiteral("It is held until somebody resumes it."));
    QCOMPARE(verb("purge", tagged).code, 0);
    QVERIFY2(said(tagged).startsWith(QLatin1String("It is in the trash until ")), qPrintable(said(tagged)));

    QCOMPARE(verb("kill", runs).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(said(runs), QStringLiteral("It has ended: REVOKED."), 10'000);
    const QString parent = submit({QStringLiteral("test.parent"), QStringLiteral("60000")});
    QTRY_VERIFY_WITH_TIMEOUT(said(parent).startsWith(QLatin1String("It waits for tasks of its own: ")), 10'000);
    QCOMPARE(verb("kill", parent).code, 0);

    QVERIFY(lab->end(QStringLiteral("lab-1")));
    QCOMPARE(verb("resume", busy).code, 0);
    QTRY_COMPARE_WITH_TIMEOUT(said(busy), QStringLiteral("The only workers that can run it are not connected: lab-1."),
                              10'000);
    QCOMPARE(lab->shell({QStringLiteral("queue"), QStringLiteral("default"), QStringLiteral("--pause")}).code, 0);
    QVERIFY2(said(busy).startsWith(QLatin1String("The queue default was paused by ")), qPrintable(said(busy)));
}

DROVER_TEST_MAIN(TestControl)

#include "tst_control.moc"
