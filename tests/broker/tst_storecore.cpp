// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storecore.h"
#include "broker/storekeys.h"
#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

namespace {

constexpr qint64 dayMs = qint64(24) * 3600 * 1000;
constexpr qint64 nowMs = 4'000'000'100'000;

//! What a store must know after any sequence of records, kept in plain containers.
struct Model
{
    QMap<TaskId, StoredTask> live;
    QList<FinishedTask> history;
    QHash<quint32, quint64> nextTurn;

    void apply(const Record &record)
    {
        if (const auto *added = std::get_if<TaskAdded>(&record)) {
            live.insert(added->task.submission.id, added->task);
            nextTurn[added->task.place.lane] = added->task.place.turn + 1;
        } else if (const auto *updated = std::get_if<TaskUpdated>(&record)) {
            live[updated->id].delivery = updated->delivery;
        } else {
            const auto &ended = std::get<TaskEnded>(record);
            StoredTask task = live.take(ended.id);
            task.place = {};
            history.append({task, ended.ending});
        }
    }
    QList<StoredTask> with(quint32 lane, const QList<State> &states) const
    {
        QList<StoredTask> tasks;
        for (const StoredTask &task : live) {
            if ((lane == 0 || task.place.lane == lane) && states.contains(task.delivery.state))
                tasks.append(task);
        }
        std::ranges::sort(tasks, {}, &StoredTask::place);
        return tasks;
    }
};

//! Writes random histories that a scheduler could write.
class Writer
{
public:
    explicit Writer(quint32 seed) : m_random(seed) {}
    quint32 below(quint32 limit) { return m_random.bounded(limit); }

    Record next(const Model &model)
    {
        if (model.live.isEmpty() || below(100) < 35)
            return TaskAdded{add()};
        const StoredTask &task = *std::next(model.live.cbegin(), below(quint32(model.live.size())));
        if (below(100) < 40)
            return TaskEnded{task.submission.id, task.place, below(2) ? sampleSuccess() : sampleFailure(2)};
        Delivery delivery = task.delivery.lease ? Delivery{} : sampleLease(1 + below(3));
        delivery.state = QList<State>{State::Pending, State::Received, State::Retry, State::Cancelling}.at(below(4));
        delivery.dueMs = below(1000);
        return TaskUpdated{task.submission.id, task.place, delivery};
    }

private:
    StoredTask add()
    {
        StoredTask task = sampleTask(++m_number, 1 + below(4));
        if (below(5) == 0)
            task.delivery.state = State::Scheduled;
        task.submission.arguments = Payload::raw(QByteArray(below(300), 'x'));
        return task;
    }

    QRandomGenerator m_random;
    quint64 m_number = 0;
};

qint64 rows(const QString &path, const char *table)
{
    Database database(path);
    return database.number(qPrintable(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1StringView(table))));
}

} // namespace

class TestStoreCore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void randomHistoryIsRecovered_data();
    void randomHistoryIsRecovered();
    void groupIsOneRowAndOneTransaction();
    void taskThatCameAndWentIsWrittenOnce();
    void epochIsRaisedAtEachOpening();
    void keysOfChildrenGoWithTheirParent();
    void oldKeysAndMarksAreForgotten();
    void emptyLanesAreForgotten();
    void greatGroupIsSplitAndRecovered();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("broker.db")); }
    std::unique_ptr<StoreCore> open(qint64 ms = nowMs, qsizetype window = 10)
    {
        return std::make_unique<StoreCore>(path(), Durability::Process, window, ms);
    }
    void compare(const Model &model, StoreCore &core, qsizetype window);

    std::optional<QTemporaryDir> m_folder;
};

void TestStoreCore::randomHistoryIsRecovered_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<quint32>("passes"); // in a thousand records
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed << (seed % 3 == 0 ? 0u : seed % 3 == 1 ? 15u : 150u);
}

void TestStoreCore::randomHistoryIsRecovered()
{
    QFETCH(const quint32, seed);
    QFETCH(const quint32, passes);
    Writer writer(seed);
    Model model;
    auto core = open();
    for (int round = 0; round < 4; ++round) {
        for (int number = 0; number < 400; ++number) {
            const Record record = writer.next(model);
            model.apply(record);
            core->add(record);
            if (writer.below(10) == 0)
                core->commit();
            if (writer.below(1000) < passes) {
                core->commit();
                core->pass();
            }
        }
        core->commit();
        for (const StoredTask &task : model.live)
            QCOMPARE(std::get<StoredTask>(core->find(1, task.submission.id).task), task);
        core.reset(); // without a last pass, as a crash would have it
        core = open(nowMs, 5 + round);
        compare(model, *core, 5 + round);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestStoreCore::compare(const Model &model, StoreCore &core, qsizetype window)
{
    const Recovered recovered = core.takeRecovered();
    QCOMPARE(recovered.finished, quint64(model.history.size()));
    QCOMPARE(describe(recovered.leased), describe(model.with(0, {State::Received, State::Cancelling})));
    QCOMPARE(describe(recovered.scheduled), describe(model.with(0, {State::Retry, State::Scheduled})));
    quint64 queued = 0;
    for (const RecoveredLane &lane : recovered.lanes) {
        const QList<StoredTask> pending = model.with(lane.number, {State::Pending});
        QCOMPARE(lane.queued, quint64(pending.size()));
        QCOMPARE(lane.nextTurn, model.nextTurn.value(lane.number));
        QCOMPARE(lane.window, pending.first(qMin(window, pending.size())));
        const auto any =
            std::ranges::find(model.live, lane.number, [](const StoredTask &task) { return task.place.lane; });
        QCOMPARE(lane.key, any->lane);
        queued += lane.queued;
    }
    QCOMPARE(queued, quint64(model.with(0, {State::Pending}).size()));
    for (const FinishedTask &task : model.history) {
        const auto found = std::get<FinishedTask>(core.find(1, task.task.submission.id).task);
        QCOMPARE(found.task, task.task);
        QCOMPARE(found.ending, task.ending);
    }
}

void TestStoreCore::groupIsOneRowAndOneTransaction()
{
    auto core = open();
    const qint64 before = rows(path(), "commits");
    for (quint64 number = 1; number <= 100; ++number)
        core->add(TaskAdded{sampleTask(number)});
    QCOMPARE(rows(path(), "commits"), before);
    core->commit();
    QCOMPARE(rows(path(), "commits"), before + 1);
    core->commit();
    QCOMPARE(rows(path(), "commits"), before + 1);
    core->pass();
    QCOMPARE(rows(path(), "commits"), 0);
    QCOMPARE(rows(path(), "live"), 100);
}

void TestStoreCore::taskThatCameAndWentIsWrittenOnce()
{
    auto core = open();
    core->add(TaskAdded{sampleTask(1)});
    core->add(TaskUpdated{sampleId(1), {1, 1}, sampleLease(1)});
    core->add(TaskEnded{sampleId(1), {1, 1}, sampleSuccess()});
    core->commit();
    QVERIFY(std::holds_alternative<FinishedTask>(core->find(1, sampleId(1)).task));
    core->pass();
    QCOMPARE(rows(path(), "live"), 0);
    QCOMPARE(rows(path(), "history"), 1);
    QVERIFY(std::holds_alternative<std::monostate>(core->find(1, sampleId(2)).task));
}

void TestStoreCore::epochIsRaisedAtEachOpening()
{
    for (quint64 epoch = 1; epoch <= 3; ++epoch)
        QCOMPARE(open()->takeRecovered().epoch, epoch);
}

void TestStoreCore::keysOfChildrenGoWithTheirParent()
{
    StoredTask child = sampleTask(2);
    child.submission.parent = Parent{sampleId(1), 7, 1, 4};
    auto core = open();
    core->add(TaskAdded{sampleTask(1)});
    core->add(TaskAdded{child});
    core->add(TaskEnded{sampleId(2), {1, 2}, sampleSuccess()});
    core->commit();
    core.reset();

    core = open(nowMs + 30 * dayMs);
    const QList<KeyEntry> keys = core->takeRecovered().keys;
    QCOMPARE(keys.size(), 1);
    QCOMPARE(keys.first().key, idempotencyKey(child.submission, {}));
    QCOMPARE(keys.first().id, sampleId(2));
    QCOMPARE(keys.first().digest, argumentsDigest(child.submission));
    core->add(TaskEnded{sampleId(1), {1, 1}, sampleSuccess()});
    core->commit();
    core->pass();
    QCOMPARE(rows(path(), "keys"), 0);
}

void TestStoreCore::oldKeysAndMarksAreForgotten()
{
    StoredTask task = sampleTask(1);
    task.submission.options.idempotencyKey(u"once");
    auto core = open();
    core->add(TaskAdded{task});
    core->commit();
    core.reset();

    const Recovered young = open(task.submittedMs + 3650 * dayMs)->takeRecovered(); // a clock that is far ahead
    QCOMPARE(young.keys.size(), 1);
    QCOMPARE(young.keys.first().endedMs, 0);
    QCOMPARE(young.clients.size(), 1);
    QCOMPARE(young.clients.first().client, task.client);
    QCOMPARE(young.clients.first().mark, 1u);

    StoredTask later = sampleTask(2);
    later.client = sampleId(77);
    later.submittedMs = task.submittedMs + 8 * dayMs;
    core = open();
    core->add(TaskAdded{later});
    core->commit();
    core->pass();
    core.reset();
    const Recovered unfinished = open(later.submittedMs)->takeRecovered();
    QCOMPARE(unfinished.keys.size(), 1); // its task has not ended
    QCOMPARE(unfinished.clients.size(), 1);
    QCOMPARE(unfinished.clients.first().client, later.client);

    Ending ending = sampleSuccess();
    ending.finishedMs = later.submittedMs - 7 * dayMs;
    core = open();
    core->add(TaskEnded{task.submission.id, task.place, ending});
    core->commit();
    core->pass();
    core.reset();
    QCOMPARE(open(later.submittedMs)->takeRecovered().keys.first().endedMs, ending.finishedMs);
    const Recovered old = open(later.submittedMs + 1)->takeRecovered();
    QVERIFY(old.keys.isEmpty());
    QCOMPARE(old.lanes.size(), 1);
}

void TestStoreCore::emptyLanesAreForgotten()
{
    auto core = open();
    core->add(TaskAdded{sampleTask(1, 1)});
    core->add(TaskAdded{sampleTask(2, 2)});
    core->add(TaskAdded{sampleTask(3, 3)});
    core->add(TaskEnded{sampleId(1), {1, 1}, sampleSuccess()});
    core->add(TaskUpdated{sampleId(2), {2, 2}, sampleLease(1)});
    core->commit();
    core.reset();
    QList<RecoveredLane> lanes = open()->takeRecovered().lanes;
    std::ranges::sort(lanes, {}, &RecoveredLane::number);
    QCOMPARE(lanes.size(), 2);
    QCOMPARE(lanes[0].number, 2u);
    QCOMPARE(lanes[0].queued, 0u);
    QCOMPARE(lanes[1].queued, 1u);
    QCOMPARE(rows(path(), "lanes"), 2);
}

void TestStoreCore::greatGroupIsSplitAndRecovered()
{
    auto core = open();
    for (quint64 number = 1; number <= 5; ++number) {
        StoredTask task = sampleTask(number);
        task.submission.arguments = Payload::raw(QByteArray(5 * 1024 * 1024, char('0' + number)));
        core->add(TaskAdded{task});
    }
    core->commit();
    QCOMPARE(rows(path(), "commits"), 3);
    core.reset();
    const QList<StoredTask> window = open()->takeRecovered().lanes.first().window;
    QCOMPARE(window.size(), 5);
    QCOMPARE(window.last().submission.arguments, Payload::raw(QByteArray(5 * 1024 * 1024, '5')));
}

DROVER_TEST_MAIN(TestStoreCore)
#include "tst_storecore.moc"
