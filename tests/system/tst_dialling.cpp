// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// A broker and a worker that are told where the other is.
class TestDialling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWorkerDialsABrokerThatLooksForNobody();
    void anAddressThatCannotBeDialledIsNamed();
};

void TestDialling::aWorkerDialsABrokerThatLooksForNobody()
{
    Lab lab;
    const QString quiet = QStringLiteral("--no-discovery");
    QVERIFY2(lab.startBroker({quiet}), qPrintable(lab.log(QStringLiteral("broker"))));
    const Ran status = lab.shell({QStringLiteral("status"), QStringLiteral("--json")});
    const QString address = status.json()[QLatin1String("address")].toString();
    VERIFY_RAN(status, !address.isEmpty());
    const QString name = QStringLiteral("dialler");
    QVERIFY(lab.startWorker(name, {quiet, QStringLiteral("--dial"), address}));
    QVERIFY2(lab.awaitFunction(QStringLiteral("lab.add"), name), qPrintable(lab.log(name)));
    const Ran sum =
        lab.shell({QStringLiteral("call"), QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")});
    VERIFY_RAN(sum, sum.code == 0 && sum.text() == QLatin1String("5"));
    QVERIFY(lab.end(name));
}

void TestDialling::anAddressThatCannotBeDialledIsNamed()
{
    const Lab lab;
    const Ran worker = lab.shell({QStringLiteral("worker"), QStringLiteral("--dial"), QStringLiteral("bad address:x")});
    VERIFY_RAN(worker, worker.code == 2 && worker.complaint().contains(QLatin1String("bad address:x")));
}

DROVER_TEST_MAIN(TestDialling)
#include "tst_dialling.moc"
