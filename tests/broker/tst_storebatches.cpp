// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storecore.h"
#include "storesamples.h"
#include "task/batchinfo.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

namespace {

constexpr qint64 dayMs = qint64(24) * 3600 * 1000;
constexpr qint64 nowMs = 4'000'000'100'000;

StoredTask item(const TaskId &batch, quint32 number)
{
    StoredTask task = sampleTask(number);
    task.submission.id = itemId(batch, number);
    task.submission.item = number;
    task.submittedMs = nowMs;
    return task;
}

TaskEnded end(const StoredTask &task, State state)
{
    Ending ending = state == State::Success ? sampleSuccess() : sampleFailure();
    ending.state = state;
    ending.item = task.submission.item;
    ending.finishedMs = nowMs + 1;
    return {task.submission.id, task.place, ending};
}

} // namespace

//! What a store keeps of batches.
class TestStoreBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAndCancelSurvive_data();
    void countsAndCancelSurvive();
    void whatIsFinishedGoesAfterAWeek();

private:
    QTemporaryDir m_folder;
    const TaskId m_batch = batchOf(sampleId(77));
};

void TestStoreBatches::countsAndCancelSurvive_data()
{
    QTest::addColumn<int>("passes"); // bit n: the tables are brought up after step n
    for (int passes = 0; passes < 16; ++passes)
        QTest::addRow("passes %d", passes) << passes;
}

void TestStoreBatches::countsAndCancelSurvive()
{
    QFETCH(int, passes);
    const QString path = m_folder.filePath(QStringLiteral("%1.db").arg(passes));
    BatchRecord head{m_batch, QStringLiteral("squares"), "alice", QStringLiteral("Alice"), nowMs - 5, 5, 1, false};
    {
        StoreCore core(path, Durability::Process, 10, nowMs);
        const auto step = [&](int number, const QList<Record> &records) {
            for (const Record &record : records)
                core.add(record);
            core.commit();
            if (passes >> number & 1)
                core.pass();
        };
        const StoredTask one = item(m_batch, 1), two = item(m_batch, 2), three = item(m_batch, 3);
        step(0, {BatchUpdated{head}, TaskAdded{one}, TaskAdded{two}, TaskAdded{three}});
        step(1, {end(one, State::Success)});
        head.cancelled = true;
        step(2, {BatchUpdated{head}, end(two, State::Revoked)});
        step(3, {TaskAdded{item(m_batch, 4)}, end(three, State::Failure)});
    }
    for (int times = 0; times < 2; ++times) {
        StoreCore core(path, Durability::Process, 10, nowMs);
        const Recovered recovered = core.takeRecovered();
        QCOMPARE(recovered.batches.size(), 1);
        QCOMPARE(recovered.batches.first(), (StoredBatch{head, 4, 1, 1, 1, nowMs + 1}));
    }
}

void TestStoreBatches::whatIsFinishedGoesAfterAWeek()
{
    const QString path = m_folder.filePath(QStringLiteral("old.db"));
    const TaskId open = batchOf(sampleId(99));
    {
        StoreCore core(path, Durability::Process, 10, nowMs);
        for (const TaskId &batch : {m_batch, open})
            core.add(BatchUpdated{{batch, {}, "alice", {}, nowMs}});
        const StoredTask done = item(m_batch, 1);
        core.add(TaskAdded{done});
        core.add(TaskAdded{item(open, 2)});
        core.add(end(done, State::Success));
        core.commit();
    }
    const auto idsAt = [&](qint64 ms) {
        StoreCore core(path, Durability::Process, 10, ms);
        QList<TaskId> ids;
        for (const StoredBatch &batch : core.takeRecovered().batches)
            ids.append(batch.head.id);
        return ids;
    };
    QCOMPARE(idsAt(nowMs + 6 * dayMs).size(), 2);
    QCOMPARE(idsAt(nowMs + 3650 * dayMs).size(), 2); // a clock that is far ahead makes nothing old
    {
        StoreCore core(path, Durability::Process, 10, nowMs);
        StoredTask later = sampleTask(3, 2);
        later.submittedMs = nowMs + 8 * dayMs;
        core.add(TaskAdded{later});
        core.commit();
        core.pass();
    }
    QCOMPARE(idsAt(nowMs + 8 * dayMs), QList<TaskId>{open});
}

DROVER_TEST_MAIN(TestStoreBatches)

#include "tst_storebatches.moc"
