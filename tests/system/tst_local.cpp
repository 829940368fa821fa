// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"

#include "broker/address.h"
#include "testing/main.h"

#include <QtCore/QSet>

using drover::BrokerAddress;

// The broker that `local:` starts.
class TestLocal : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;

    QString log() const { return lab->log(QStringLiteral("broker")); }
    int starts() const { return int(log().count(QLatin1String("listens on port"))); }
    int ends() const { return int(log().count(QLatin1String("nothing to do: ends"))); }
    qint64 pid() const { return BrokerAddress::read(lab->home()).value_or(BrokerAddress()).pid; }
    void killAll() const;
    Ran submit() const { return lab->shell(words()); }
    static QStringList words()
    {
        return {QStringLiteral("submit"), QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("true")};
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void twentyAtOnceStartOne();
    void killedBrokerIsStartedAgainWithItsTasks();
    void staleFilesAreNoObstacle_data();
    void staleFilesAreNoObstacle();
    void statusTellsWhereItsLogIs();
    void idleBrokerEnds();
    void scheduledTaskKeepsIt();
    void idleTimeThatCannotBeReadIsInTheLog();
    void whoIsRestartedByHandGetsNoRival();
    void idleWorkerEndsWhenAsked();
};

void TestLocal::init()
{
    qputenv("DROVER_IDLE_EXIT", "1h");
    lab = std::make_unique<Lab>();
}

void TestLocal::killAll() const
{
    // they are detached: orphans come to this process
    for (const qint64 child : processtable::childrenOf(QCoreApplication::applicationPid())) {
        if (processtable::commandOf(child).contains(QLatin1String("--idle-exit")))
            processtable::kill(child);
    }
}

void TestLocal::cleanup()
{
    killAll();
    lab.reset();
}

void TestLocal::twentyAtOnceStartOne()
{
    std::vector<std::unique_ptr<QProcess>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(lab->start(words()));
    QSet<QString> ids;
    for (const auto &client : clients) {
        const Ran ran = Lab::result(*client);
        VERIFY_RAN(ran, ran.code == 0);
        ids.insert(ran.text());
    }
    QCOMPARE(ids.size(), 20);
    QVERIFY2(starts() == 1 && !log().contains(QLatin1String("error")), qPrintable(log()));
    const Ran status = lab->shell({QStringLiteral("status"), QStringLiteral("--json")});
    QCOMPARE(status.json()[QLatin1String("queued")].toInt(), 20);
}

void TestLocal::killedBrokerIsStartedAgainWithItsTasks()
{
    const QString first = submit().text();
    for (int round = 2; round < 5; ++round) {
        const qint64 old = pid();
        QVERIFY(processtable::kill(old));
        const Ran again = submit();
        VERIFY_RAN(again, again.code == 0);
        QVERIFY(pid() != old);
        QCOMPARE(starts(), round);
        QCOMPARE(lab->stateOf(first), QStringLiteral("PENDING"));
    }
}

void TestLocal::staleFilesAreNoObstacle_data()
{
    const QByteArray address = R"({"host":"127.0.0.1","port":9,"fingerprint":"00","pid":%1})";
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const char *file, const QByteArray &content) {
        QTest::newRow(name) << QString::fromLatin1(file) << content;
    };
    row("address of a dead process", "broker.json", QByteArray(address).replace("%1", "999999999"));
    row("address of another process", "broker.json",
        QByteArray(address).replace("%1", QByteArray::number(QCoreApplication::applicationPid())));
    row("damaged address", "broker.json", "{\"host\":");
    row("lock of a dead process", "broker.db.lock", "999999999\n");
    row("lock signed by another process", "broker.db.lock",
        QByteArray::number(QCoreApplication::applicationPid()) + '\n');
    row("lock of a start that failed", "broker.start", "999999999\n");
}

void TestLocal::staleFilesAreNoObstacle()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFile stale(lab->home() + u'/' + file);
    QVERIFY(stale.open(QFile::WriteOnly) && stale.write(content) == content.size());
    stale.close();
    const Ran ran = submit();
    VERIFY_RAN(ran, ran.code == 0);
    QCOMPARE(starts(), 1);
}

void TestLocal::statusTellsWhereItsLogIs()
{
    const Ran none = lab->shell({QStringLiteral("status")});
    QCOMPARE(none.code, 125);
    VERIFY_RAN(submit(), submit().code == 0);
    const QJsonObject status = lab->shell({QStringLiteral("status"), QStringLiteral("--json")}).json();
    QCOMPARE(status[QLatin1String("log")].toString(), lab->home() + QStringLiteral("/broker.log"));
    QVERIFY(log().contains(QStringLiteral("process %1 listens").arg(status[QLatin1String("pid")].toInteger())));
}

void TestLocal::idleBrokerEnds()
{
    qputenv("DROVER_IDLE_EXIT", "300ms");
    const Ran ran = lab->shell({QStringLiteral("workers")});
    VERIFY_RAN(ran, ran.code == 0);
    QTRY_COMPARE_WITH_TIMEOUT(ends(), 1, 20'000);
    QTRY_VERIFY(!QFile::exists(BrokerAddress::file(lab->home())));
    const Ran again = lab->shell({QStringLiteral("workers")});
    VERIFY_RAN(again, again.code == 0);
    QTRY_COMPARE_WITH_TIMEOUT(ends(), 2, 20'000);
}

// Nobody would start it again for a task whose time has come.
void TestLocal::scheduledTaskKeepsIt()
{
    qputenv("DROVER_IDLE_EXIT", "200ms");
    const QString file = lab->home() + QStringLiteral("/ran.txt");
    const Ran ran = lab->shell({QStringLiteral("submit"), QStringLiteral("--eta"), QStringLiteral("+1500ms"),
                                QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("touch"), file});
    VERIFY_RAN(ran, ran.code == 0);
    QVERIFY(lab->startWorker(QStringLiteral("lab-1")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(ends(), 1, 20'000);
    QCOMPARE(starts(), 1);
}

void TestLocal::idleTimeThatCannotBeReadIsInTheLog()
{
    qputenv("DROVER_IDLE_EXIT", "soon");
    const auto client = lab->start(words());
    QVERIFY(lab->awaitLog(QStringLiteral("broker"), QStringLiteral("--idle-exit")));
    client->kill();
    client->waitForFinished();
}

void TestLocal::whoIsRestartedByHandGetsNoRival()
{
    const QString broker = QStringLiteral("broker");
    qputenv("DROVER_IDLE_EXIT", "1h");
    QVERIFY(lab->startBroker());
    const QString id = lab->shell({QStringLiteral("submit"), QStringLiteral("--tag"), QStringLiteral("none"),
                                   QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("true")})
                           .text();
    const auto waiting = lab->start({QStringLiteral("wait"), id});
    QVERIFY(waiting->waitForStarted());
    QVERIFY(lab->end(broker));
    QVERIFY2(lab->startBroker(), qPrintable(log()));
    QCOMPARE(pid(), lab->process(broker).processId());
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
    const Ran ran = Lab::result(*waiting);
    VERIFY_RAN(ran, ran.code == 1);
    QCOMPARE(pid(), lab->process(broker).processId());
}

void TestLocal::idleWorkerEndsWhenAsked()
{
    const QString worker = QStringLiteral("lab-1");
    const Ran ran = lab->shell({QStringLiteral("submit"), QStringLiteral("test.sleep"), QStringLiteral("2500")});
    VERIFY_RAN(ran, ran.code == 0);
    QVERIFY(lab->startWorker(worker, {QStringLiteral("--exit-when-idle"), QStringLiteral("2s")}));
    QProcess &process = lab->process(worker);
    QVERIFY(process.waitForFinished(30'000));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, qPrintable(lab->log(worker)));
    QCOMPARE(lab->stateOf(ran.text()), QStringLiteral("SUCCESS"));
}

DROVER_TEST_MAIN(TestLocal)

#include "tst_local.moc"
