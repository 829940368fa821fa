// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powerrun.h"
#include "testing/main.h"

#include <sqlite3.h>

using namespace drover;
using namespace drover::testing;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr quint64 seeds = 1;
#else
constexpr quint64 seeds = 3;
#endif

} // namespace

//! The power is cut at every sync point of a history of the real store. `drover-powerloss --seeds N` does more of it.
class TestPowerLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDiskKeepsWhatWasSynced();
    void theDiskMayLoseTheRest_data();
    void theDiskMayLoseTheRest();
    void nothingAcknowledgedIsLost();
    void aStoreThatDoesNotWaitForTheDiskIsFoundOut();
    void aProcessThatDiesLosesNothingThatWasWritten();
    void aFileIsMigratedOrAsItWas();
};

void TestPowerLoss::theDiskKeepsWhatWasSynced()
{
    PowerVfs vfs;
    PowerVfs::File *file = vfs.open("file", true);
    file->write(0, "synced");
    QVERIFY(vfs.sync(*file));
    file->write(3, "XYZ");
    vfs.restart(Loss::Everything, 1);
    QCOMPARE(vfs.open("file", false)->content, QByteArray("synced"));
}

void TestPowerLoss::theDiskMayLoseTheRest_data()
{
    QTest::addColumn<int>("loss");
    QTest::newRow("nothing") << int(Loss::Nothing);
    QTest::newRow("some") << int(Loss::Some);
    QTest::newRow("torn") << int(Loss::Torn);
}

void TestPowerLoss::theDiskMayLoseTheRest()
{
    QFETCH(int, loss);
    QSet<QByteArray> outcomes;
    for (quint64 seed = 1; seed <= 50; ++seed) {
        PowerVfs vfs;
        PowerVfs::File *file = vfs.open("file", true);
        file->write(0, QByteArray(1024, 'a'));
        file->write(1024, QByteArray(1024, 'b'));
        vfs.restart(Loss(loss), seed);
        outcomes.insert(vfs.open("file", false)->content);
    }
    if (Loss(loss) == Loss::Nothing)
        QCOMPARE(outcomes, QSet<QByteArray>{QByteArray(1024, 'a') + QByteArray(1024, 'b')});
    else
        QVERIFY2(outcomes.size() >= (Loss(loss) == Loss::Some ? 4 : 8),
                 QByteArray::number(outcomes.size()).constData());
}

void TestPowerLoss::nothingAcknowledgedIsLost()
{
    PowerReport report;
    for (quint64 seed = 1; seed <= seeds; ++seed)
        PowerRun(seed, Durability::Disk).cutEverywhere(report);
    QVERIFY2(report.problems.isEmpty(), qPrintable(report.problems.value(0)));
    QVERIFY(report.moments > 40 * seeds);
    QVERIFY(report.acknowledged > 1000);
    QVERIFY(report.survivors > 0);
}

// What would be found if commits did not wait: the test can fail.
void TestPowerLoss::aStoreThatDoesNotWaitForTheDiskIsFoundOut()
{
    PowerReport report;
    PowerRun(1, Durability::Process).cutEverywhere(report);
    QVERIFY(!report.problems.isEmpty());
}

void TestPowerLoss::aProcessThatDiesLosesNothingThatWasWritten()
{
    PowerReport report;
    PowerRun(1, Durability::Process).killEverywhere(report, 5);
    QVERIFY2(report.problems.isEmpty(), qPrintable(report.problems.value(0)));
    QVERIFY(report.acknowledged > 100);
}

void TestPowerLoss::aFileIsMigratedOrAsItWas()
{
    PowerReport report;
    PowerRun(1, Durability::Disk).cutMigration(report);
    QVERIFY2(report.problems.isEmpty(), qPrintable(report.problems.value(0)));
    QVERIFY(report.acknowledged > 100);
    QVERIFY(report.olderFormat > 0 && report.olderFormat < report.cuts);
}

DROVER_TEST_MAIN(TestPowerLoss)
#include "tst_powerloss.moc"
