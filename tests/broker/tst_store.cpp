// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QSemaphore>
#include <QtCore/QTemporaryDir>

#include <atomic>

using namespace drover;
using namespace drover::testing;

Q_DECLARE_METATYPE(drover::Durability)

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void commitsAreAnsweredInOrder_data();
    void commitsAreAnsweredInOrder();
    void whatIsAppendedDuringACommitIsTheNextGroup();
    void wakeComesOnceUntilRepliesAreTaken();
    void tasksAreFoundWhereverTheyAre_data() { commitsAreAnsweredInOrder_data(); }
    void tasksAreFoundWhereverTheyAre();
    void loadSkipsWhatIsNotPending_data();
    void loadSkipsWhatIsNotPending();
    void readsSeeWhatWasAppendedBefore();
    void closedStoreIsRecovered();
    void memoryNeedsNoFileAndKeepsNothing();
    void fileNeedsAPath();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("broker.db")); }
    std::unique_ptr<Store> open(Durability durability = Durability::Process, std::function<void()> wake = {})
    {
        return Store::open(path(), durability, 4, std::move(wake)).value();
    }

    std::optional<QTemporaryDir> m_folder;
};

void TestStore::commitsAreAnsweredInOrder_data()
{
    QTest::addColumn<Durability>("durability");
    QTest::newRow("disk") << Durability::Disk;
    QTest::newRow("process") << Durability::Process;
    QTest::newRow("memory") << Durability::Memory;
}

void TestStore::commitsAreAnsweredInOrder()
{
    QFETCH(const Durability, durability);
    const auto store = open(durability);
    for (quint64 number = 1; number <= 200; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
    store->append(201, {});
    Replies replies(*store);
    for (quint64 last = 0; last < 201;) {
        const auto committed = replies.next<Committed>();
        QVERIFY(committed && committed->number > last);
        last = committed->number;
    }
}

void TestStore::whatIsAppendedDuringACommitIsTheNextGroup()
{
    QSemaphore first, released;
    std::atomic<int> wakes = 0;
    const auto store = open(Durability::Process, [&] {
        if (wakes++ == 0) {
            first.release();
            released.acquire();
        }
    });
    store->append(1, {TaskAdded{sampleTask(1)}});
    QVERIFY(first.tryAcquire(1, 20'000));
    for (quint64 number = 2; number <= 100; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
    released.release();
    Replies replies(*store);
    QCOMPARE(replies.next<Committed>().value().number, 1u);
    QCOMPARE(replies.next<Committed>().value().number, 100u);
}

void TestStore::wakeComesOnceUntilRepliesAreTaken()
{
    std::atomic<int> wakes = 0;
    const auto store = open(Durability::Process, [&] { ++wakes; });
    for (quint64 number = 1; number <= 50; ++number) {
        store->append(number, {TaskAdded{sampleTask(number)}});
        store->find(number, sampleId(number));
    }
    store->close();
    QCOMPARE(wakes.load(), 1);
    QVERIFY(store->takeReplies().size() > 50);
}

void TestStore::tasksAreFoundWhereverTheyAre()
{
    QFETCH(const Durability, durability);
    const auto store = open(durability);
    Replies replies(*store);
    const auto find = [&](quint64 number) {
        store->find(number, sampleId(number));
        const auto found = replies.next<TaskFound>();
        return found && found->request == number ? found->task : decltype(found->task)();
    };
    store->append(1, {TaskAdded{sampleTask(1)}, TaskAdded{sampleTask(2)}, TaskAdded{sampleTask(3)}});
    QCOMPARE(std::get<StoredTask>(find(1)), sampleTask(1));
    store->load(1, 0, 1); // a pass: all three are rows now
    QCOMPARE(std::get<StoredTask>(find(2)), sampleTask(2));
    store->append(2,
                  {TaskUpdated{sampleId(2), {1, 2}, sampleLease(2)}, TaskEnded{sampleId(3), {1, 3}, sampleFailure()}});
    QCOMPARE(std::get<StoredTask>(find(2)).delivery, sampleLease(2));
    QCOMPARE(std::get<FinishedTask>(find(3)).ending, sampleFailure());
    store->load(1, 0, 1);
    QCOMPARE(std::get<StoredTask>(find(2)).delivery, sampleLease(2));
    QCOMPARE(std::get<FinishedTask>(find(3)).ending, sampleFailure());
    QCOMPARE(std::get<FinishedTask>(find(3)).task.submission, sampleTask(3).submission);
    QVERIFY(std::holds_alternative<std::monostate>(find(4)));
}

void TestStore::loadSkipsWhatIsNotPending_data()
{
    QTest::addColumn<quint32>("lane");
    QTest::addColumn<quint64>("fromTurn");
    QTest::addColumn<qsizetype>("limit");
    QTest::addColumn<QList<quint64>>("turns");
    const quint64 last = (quint64(1) << 40) - 1;
    QTest::newRow("all") << 5u << quint64(0) << qsizetype(100) << QList<quint64>{1, 4, 5, last};
    QTest::newRow("from one") << 5u << quint64(4) << qsizetype(100) << QList<quint64>{4, 5, last};
    QTest::newRow("from a leased one") << 5u << quint64(2) << qsizetype(2) << QList<quint64>{4, 5};
    QTest::newRow("none wanted") << 5u << quint64(0) << qsizetype(0) << QList<quint64>{};
    QTest::newRow("the last") << 5u << last << qsizetype(9) << QList<quint64>{last};
    QTest::newRow("next lane") << 6u << quint64(0) << qsizetype(9) << QList<quint64>{1};
    QTest::newRow("greatest lane") << (1u << 24) - 1 << quint64(0) << qsizetype(9) << QList<quint64>{7};
    QTest::newRow("unknown lane") << 9u << quint64(0) << qsizetype(9) << QList<quint64>{};
}

void TestStore::loadSkipsWhatIsNotPending()
{
    QFETCH(const quint32, lane);
    QFETCH(const quint64, fromTurn);
    QFETCH(const qsizetype, limit);
    const auto store = open();
    QList<Record> records;
    for (const quint64 turn : {quint64(4), quint64(1), quint64(2), quint64(3), quint64(5), (quint64(1) << 40) - 1})
        records.append(TaskAdded{sampleTask(turn, 5, turn)});
    records.append(TaskAdded{sampleTask(100, 6, 1)});
    records.append(TaskAdded{sampleTask(101, (1u << 24) - 1, 7)});
    records.append(TaskUpdated{sampleId(2), {5, 2}, sampleLease(1)});
    Delivery retry;
    retry.state = State::Retry;
    records.append(TaskUpdated{sampleId(3), {5, 3}, retry});
    store->append(1, records);
    store->load(lane, fromTurn, limit);
    const auto loaded = Replies(*store).next<LaneLoaded>();
    QVERIFY(loaded);
    QCOMPARE(loaded->lane, lane);
    QList<quint64> turns;
    for (const StoredTask &task : loaded->tasks)
        turns.append(task.place.turn);
    QTEST(turns, "turns");
}

void TestStore::readsSeeWhatWasAppendedBefore()
{
    const auto store = open();
    for (quint64 number = 1; number <= 100; ++number) {
        store->append(number, {TaskAdded{sampleTask(number)}});
        store->load(1, number, 10);
    }
    Replies replies(*store);
    quint64 committed = 0;
    for (quint64 number = 1; number <= 100;) {
        const auto reply = replies.any();
        QVERIFY(reply);
        if (const auto *done = std::get_if<Committed>(&*reply)) {
            committed = done->number;
        } else {
            QCOMPARE(std::get<LaneLoaded>(*reply).tasks.first(), sampleTask(number));
            QVERIFY(committed >= number);
            ++number;
        }
    }
}

void TestStore::closedStoreIsRecovered()
{
    auto store = open(Durability::Disk);
    for (quint64 number = 1; number <= 10; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
    store->append(11,
                  {TaskEnded{sampleId(1), {1, 1}, sampleSuccess()}, TaskUpdated{sampleId(2), {1, 2}, sampleLease(1)}});
    store->close();
    QVERIFY(Replies(*store).committed(11));
    store->append(12, {TaskAdded{sampleTask(12)}}); // too late, and harmless
    store.reset();

    store = open(Durability::Disk);
    const Recovered recovered = store->takeRecovered();
    QCOMPARE(recovered.epoch, 2u);
    QCOMPARE(recovered.lanes.size(), 1);
    QCOMPARE(recovered.lanes.first().queued, 8u);
    QCOMPARE(recovered.lanes.first().nextTurn, 11u);
    QCOMPARE(recovered.lanes.first().window.size(), 4);
    QCOMPARE(recovered.lanes.first().window.first(), sampleTask(3));
    QCOMPARE(recovered.leased.size(), 1);
    QCOMPARE(recovered.finished, 1u);
    QCOMPARE(recovered.clients.first().mark, 10u);
    QCOMPARE(store->takeRecovered().epoch, 0u);
}

void TestStore::memoryNeedsNoFileAndKeepsNothing()
{
    for (int round = 0; round < 2; ++round) {
        const auto store = Store::open(QStringLiteral(":memory:"), Durability::Memory, 4, {}).value();
        QVERIFY(store->takeRecovered().lanes.isEmpty());
        store->append(1, {TaskAdded{sampleTask(1)}});
        QVERIFY(Replies(*store).committed(1));
    }
}

void TestStore::fileNeedsAPath()
{
    QCOMPARE(Store::open({}, Durability::Memory, 4, {}).error().code(), ErrorCode::InvalidArgument);
    QCOMPARE(Store::open(QStringLiteral(":memory:"), Durability::Disk, 4, {}).error().code(),
             ErrorCode::InvalidArgument);
}

DROVER_TEST_MAIN(TestStore)
#include "tst_store.moc"
