// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sqlite.h"
#include "broker/storecore.h"
#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

//! Copies and compaction while the store goes on, what commits wait for, and results whose time is over.
class TestStoreMaintenance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aCopyIsAStore();
    void aCopyHasTheLargeValues();
    void aCopyReplacesNothing_data();
    void aCopyReplacesNothing();
    void aCopyThatCannotBeWrittenLeavesNothing();
    void unusedPagesAreGivenBackMeanwhile();
    void aFileOfAnOlderFormatIsCompactedAsWell();
    void aStoreInMemoryHasNothingToMaintain();
    void aCommitIsSyncedWhenSomebodyWaits();
    void anOverdueResultIsDropped();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("broker.db")); }
    QString copy() const { return m_folder->filePath(QStringLiteral("copy.db")); }
    std::unique_ptr<Store> open(Durability durability = Durability::Process) const
    {
        return Store::open(path(), durability, 100'000, {}).value();
    }
    Result<MaintenanceResult> maintain(Store &store, Maintenance what, const QString &to = {}) const
    {
        store.maintain(1, what, to);
        const auto done = Replies(store).next<MaintenanceDone>();
        return done ? done->result : fail(ErrorCode::Timeout, QStringLiteral("no answer"));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreMaintenance::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestStoreMaintenance::aCopyIsAStore()
{
    const auto store = open();
    for (quint64 number = 1; number <= 300; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
    store->append(301, {TaskEnded{sampleId(1), {1, 1}, sampleSuccess()}});
    const auto done = maintain(*store, Maintenance::Backup, copy());
    QVERIFY2(done, qPrintable(done ? QString() : done.error().message()));
    QCOMPARE(done->bytesAfter, quint64(QFileInfo(copy()).size()));
    QVERIFY(!(QFile::permissions(copy()) & (QFile::ReadGroup | QFile::ReadOther)));
    store->append(302, {TaskAdded{sampleTask(302)}}); // the store goes on, the copy stays
    QVERIFY(Replies(*store).committed(302));
    const auto copied = Store::open(copy(), Durability::Process, 100'000, {}).value();
    const Recovered recovered = copied->takeRecovered();
    QCOMPARE(recovered.finished, 1u);
    QCOMPARE(recovered.lanes[0].window.size(), 299);
}

void TestStoreMaintenance::aCopyHasTheLargeValues()
{
    const auto store = open();
    QVERIFY(QDir().mkpath(path() + QStringLiteral(".blobs")));
    QFile value(path() + QStringLiteral(".blobs/") + QString(64, u'a'));
    QVERIFY(value.open(QIODevice::WriteOnly));
    value.write("large");
    value.close();
    QVERIFY(value.copy(path() + QStringLiteral(".blobs/7.part"))); // one that is being written
    QVERIFY(maintain(*store, Maintenance::Backup, copy()));
    QVERIFY(!QFileInfo::exists(copy() + QStringLiteral(".blobs/7.part")));
    QFile copied(copy() + QStringLiteral(".blobs/") + QString(64, u'a'));
    QVERIFY(copied.open(QIODevice::ReadOnly));
    QCOMPARE(copied.readAll(), QByteArray("large"));
}

void TestStoreMaintenance::aCopyReplacesNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    QTest::newRow("a file") << QStringLiteral("taken") << QStringLiteral("there already");
    QTest::newRow("what would be its log") << QStringLiteral("stale") << QStringLiteral("stale-wal is there already");
    QTest::newRow("what would be its large values")
        << QStringLiteral("valued") << QStringLiteral("valued.blobs is there already");
    QTest::newRow("the store") << QStringLiteral("broker.db") << QStringLiteral("there already");
    QTest::newRow("a relative path") << QString() << QStringLiteral("not an absolute path");
}

void TestStoreMaintenance::aCopyReplacesNothing()
{
    QFETCH(QString, name);
    QFETCH(QString, said);
    const auto store = open();
    QFile taken(m_folder->filePath(QStringLiteral("taken")));
    QVERIFY(taken.open(QIODevice::WriteOnly));
    QVERIFY(taken.copy(m_folder->filePath(QStringLiteral("stale-wal"))));
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("valued.blobs"))));
    const auto done =
        maintain(*store, Maintenance::Backup, name.isEmpty() ? QStringLiteral("copy.db") : m_folder->filePath(name));
    QCOMPARE(done.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(done.error().message().contains(said), qPrintable(done.error().message()));
    QCOMPARE(taken.size(), 0);
    QVERIFY(QFileInfo::exists(m_folder->filePath(QStringLiteral("valued.blobs"))));
}

void TestStoreMaintenance::aCopyThatCannotBeWrittenLeavesNothing()
{
    const auto store = open();
    store->append(1, {TaskAdded{sampleTask(1)}});
    const auto done = maintain(*store, Maintenance::Backup, QStringLiteral("/dev/full/copy.db"));
    QCOMPARE(done.error().code(), ErrorCode::StorageFailed);
    store->append(2, {TaskAdded{sampleTask(2)}});
    QVERIFY(Replies(*store).committed(2));
}

void TestStoreMaintenance::unusedPagesAreGivenBackMeanwhile()
{
    const auto store = open();
    quint64 number = 0;
    for (int i = 0; i < 20'000; ++i)
        store->append(++number, {TaskAdded{sampleTask(number)}});
    QVERIFY(maintain(*store, Maintenance::Compact));
    const qint64 full = QFileInfo(path()).size();
    store->close();
    Database(path()).execute("DELETE FROM live"); // as a retention would
    const auto again = open();
    again->maintain(1, Maintenance::Compact, {});
    again->append(++number, {TaskAdded{sampleTask(number)}}); // goes in between
    Replies replies(*again);
    QVERIFY(replies.committed(number));
    const auto done = replies.next<MaintenanceDone>();
    QVERIFY(done && done->result);
    QCOMPARE(done->result->bytesBefore, quint64(full));
    QVERIFY2(done->result->bytesAfter < quint64(full) / 4, QByteArray::number(done->result->bytesAfter).constData());
    QCOMPARE(done->result->bytesAfter, quint64(QFileInfo(path()).size()));
}

void TestStoreMaintenance::aFileOfAnOlderFormatIsCompactedAsWell()
{
    open()->close();
    Database(path()).execute("PRAGMA journal_mode=DELETE; PRAGMA auto_vacuum=NONE; VACUUM");
    const auto store = open();
    QVERIFY(maintain(*store, Maintenance::Compact));
    store->close();
    QCOMPARE(Database(path()).number("PRAGMA auto_vacuum"), 2);
}

void TestStoreMaintenance::aStoreInMemoryHasNothingToMaintain()
{
    const auto store = Store::open(QStringLiteral(":memory:"), Durability::Memory, 10, {}).value();
    QCOMPARE(maintain(*store, Maintenance::Backup, copy()).error().code(), ErrorCode::Unsupported);
}

void TestStoreMaintenance::aCommitIsSyncedWhenSomebodyWaits()
{
    const auto store = open(Durability::Disk);
    Replies replies(*store);
    store->append(1, {TaskAdded{sampleTask(1)}}, false);
    const auto written = replies.next<Committed>();
    QVERIFY(written && written->number == 1 && !written->synced);
    store->append(2, {TaskAdded{sampleTask(2)}}, true);
    const auto synced = replies.next<Committed>();
    QVERIFY(synced && synced->number == 2 && synced->synced);
}

void TestStoreMaintenance::anOverdueResultIsDropped()
{
    constexpr qint64 until = 1'800'000'000'000;
    StoreCore core(path(), Durability::Process, 10, until - 1);
    Ending ending = sampleSuccess();
    ending.resultUntilMs = until;
    core.add(TaskAdded{sampleTask(1)});
    core.add(TaskEnded{sampleId(1), {1, 1}, ending});
    core.commit();
    const auto kept = [&] { return std::get<FinishedTask>(core.find(1, sampleId(1)).task).ending; };
    core.tidy(until - 1);
    QCOMPARE(kept(), ending);
    core.tidy(until + 3600'000);
    QVERIFY(kept().outcome->isEmpty());
    QCOMPARE(kept().state, State::Success); // how it ended is still known
    QCOMPARE(kept().resultUntilMs, until);
}

DROVER_TEST_MAIN(TestStoreMaintenance)
#include "tst_storemaintenance.moc"
