// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QDir>

// Results that a worker has while its broker is away, and both are killed.
class TestSpool : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    const QString broker = QStringLiteral("broker");
    const QString one = QStringLiteral("lab-1");

    bool startWorker() { return lab->startWorker(one, {QStringLiteral("--slots"), QStringLiteral("1")}); }
    QStringList spools() const { return QDir(lab->home()).entryList({QStringLiteral("results-*.spool")}, QDir::Files); }
    QByteArray linesOf(const QString &path) const
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void aResultOutlivesItsWorkerWhileTheBrokerIsAway();
};

void TestSpool::init()
{
    qputenv("DROVER_PROGRAM", "true"); // or a waiting shell would start a broker of its own
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(broker)));
    QVERIFY(startWorker());
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(one)));
}

void TestSpool::aResultOutlivesItsWorkerWhileTheBrokerIsAway()
{
    const QString begun = lab->home() + QStringLiteral("/begun");
    const QString go = lab->home() + QStringLiteral("/go");
    const QString script =
        QStringLiteral("echo x >> %1; while [ ! -e %2 ]; do sleep 0.05; done; echo done").arg(begun, go);
    const QString id = lab->shell({QStringLiteral("submit"), QStringLiteral("--command"), QStringLiteral("--"),
                                   QStringLiteral("sh"), QStringLiteral("-c"), script})
                           .text();
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("STARTED"), 10'000);

    QVERIFY(lab->kill(broker));
    QVERIFY(QFile(go).open(QFile::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(spools().size(), 1, 10'000);
    QVERIFY(lab->kill(one));
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(broker)));
    QVERIFY(startWorker());

    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("SUCCESS"), 20'000);
    QCOMPARE(linesOf(begun), QByteArray("x\n"));
    QCOMPARE(lab->show(id)[QLatin1String("attempts")].toArray().size(), 1);
    QTRY_COMPARE(spools().size(), 0);
}

DROVER_TEST_MAIN(TestSpool)

#include "tst_spool.moc"
