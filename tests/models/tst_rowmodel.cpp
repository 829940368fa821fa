// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/queuesmodel.h"
#include "models/roles.h"
#include "models/tasksmodel.h"
#include "models/workersmodel.h"
#include "protocol/rows.h"
#include "testing/main.h"

#include <QtCore/QItemSelectionModel>
#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

#include <map>

using namespace drover;

namespace {

TaskInfo makeTask(quint32 number, State state = State::Pending)
{
    std::array<quint8, 16> id{};
    for (int i = 0; i < 4; ++i)
        id[size_t(15 - i)] = quint8(number >> (8 * i));
    TaskInfo task;
    task.id = TaskId(id);
    task.function = QStringLiteral("lab.add");
    task.summary = QString::number(number);
    task.queue = number % 3 == 0 ? QStringLiteral("slow") : QStringLiteral("default");
    task.state = state;
    task.submittedMs = 1'000'000 + number;
    return task;
}

RowKey keyOf(const TaskInfo &task, int broker = 1)
{
    return {broker, rowKey(task)};
}

RowChanges<TaskInfo> putting(const QList<TaskInfo> &tasks, int broker = 1)
{
    RowChanges<TaskInfo> changes;
    for (const TaskInfo &task : tasks)
        changes.put.append({keyOf(task, broker), task});
    return changes;
}

QList<TaskInfo> many(quint32 from, quint32 to)
{
    QList<TaskInfo> tasks;
    for (quint32 number = from; number < to; ++number)
        tasks.append(makeTask(number));
    return tasks;
}

} // namespace

class TestRowModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLatestComeFirst();
    void aBatchIsAtMostFourSignals();
    void selectionFollowsItsRow();
    void theSameIdAtTwoBrokersIsTwoRows();
    void aFilterNeedsAllItsWords_data();
    void aFilterNeedsAllItsWords();
    void groupsFollowTheState();
    void anyHistoryLeavesWhatIsTrue();
    void aWaitingTaskShowsWhy();
    void queuesAndWorkersAddUp();
};

void TestRowModel::theLatestComeFirst()
{
    TasksModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply(putting(many(0, 100)));
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.valueAt(0)->summary, QStringLiteral("99"));
    model.sort(TasksModel::SubmittedColumn, Qt::AscendingOrder);
    QCOMPARE(model.valueAt(0)->summary, QStringLiteral("0"));
    QCOMPARE(model.rowOf(keyOf(makeTask(7))), 7);
    QCOMPARE(model.rowOf(keyOf(makeTask(100))), -1);
}

void TestRowModel::aBatchIsAtMostFourSignals()
{
    TasksModel model(nullptr);
    model.apply(putting(many(0, 5000)));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy arranged(&model, &QAbstractItemModel::layoutChanged);
    RowChanges<TaskInfo> changes = putting(many(4000, 7000));
    for (auto &[key, task] : changes.put)
        task.state = State::Started;
    for (quint32 number = 0; number < 2000; number += 2)
        changes.removed.append(keyOf(makeTask(number)));
    model.apply(changes);
    QCOMPARE(model.rowCount(), 6000);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(arranged.size(), 1);
}

void TestRowModel::selectionFollowsItsRow()
{
    TasksModel model(nullptr);
    model.apply(putting(many(0, 1000)));
    QItemSelectionModel selection(&model);
    const TaskInfo chosen = makeTask(500);
    selection.setCurrentIndex(model.index(model.rowOf(keyOf(chosen)), 0),
                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    for (quint32 round = 1; round <= 20; ++round) {
        RowChanges<TaskInfo> changes = putting(many(1000 * round, 1000 * round + 300));
        for (quint32 number = 0; number < 20; ++number)
            changes.removed.append(keyOf(makeTask(20 * round + number)));
        model.apply(changes);
        model.sort(round % 2 == 0 ? TasksModel::TitleColumn : TasksModel::SubmittedColumn,
                   round % 3 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(model.keyAt(selection.selectedRows().first().row()), keyOf(chosen));
        QCOMPARE(model.keyAt(selection.currentIndex().row()), keyOf(chosen));
    }
    RowChanges<TaskInfo> last;
    last.removed.append(keyOf(chosen));
    model.apply(last);
    QVERIFY(selection.selectedRows().isEmpty());
}

void TestRowModel::theSameIdAtTwoBrokersIsTwoRows()
{
    TasksModel model(nullptr);
    model.apply(putting(many(0, 2), 1));
    model.apply(putting(many(0, 2), 2));
    QCOMPARE(model.rowCount(), 4);
    RowChanges<TaskInfo> changes;
    changes.removed.append(keyOf(makeTask(0), 2));
    model.apply(changes);
    QCOMPARE(model.rowOf(keyOf(makeTask(0), 2)), -1);
    QVERIFY(model.rowOf(keyOf(makeTask(0), 1)) >= 0);
}

void TestRowModel::aFilterNeedsAllItsWords_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rows");
    QTest::newRow("none") << QString() << 30;
    QTest::newRow("spaces") << QStringLiteral("  ") << 30;
    QTest::newRow("function, other case") << QStringLiteral("LAB") << 30;
    QTest::newRow("queue") << QStringLiteral("slow") << 10;
    QTest::newRow("queue and argument") << QStringLiteral("slow 27") << 1;
    QTest::newRow("id") << makeTask(29).id.toString() << 1;
    QTest::newRow("nothing like it") << QStringLiteral("slow nowhere") << 0;
}

void TestRowModel::aFilterNeedsAllItsWords()
{
    QFETCH(QString, filter);
    TasksModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply(putting(many(0, 30)));
    model.setFilter(filter);
    QTEST(model.rowCount(), "rows");
    QCOMPARE(model.total(), 30);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 30);
}

void TestRowModel::groupsFollowTheState()
{
    TasksModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setGroup(TasksModel::RunningTasks);
    TaskInfo task = makeTask(1);
    model.apply(putting({task}));
    QCOMPARE(model.rowCount(), 0);
    task.state = State::Started;
    model.apply(putting({task}));
    QCOMPARE(model.rowCount(), 1);
    task.state = State::Failure;
    model.apply(putting({task}));
    QCOMPARE(model.rowCount(), 0);
    for (const auto group : {TasksModel::FailedTasks, TasksModel::EndedTasks, TasksModel::AllTasks}) {
        model.setGroup(group);
        QCOMPARE(model.rowCount(), 1);
    }
    model.setGroup(TasksModel::OpenTasks);
    QCOMPARE(model.rowCount(), 0);
}

// Thousands of random changes against a map that knows the truth.
void TestRowModel::anyHistoryLeavesWhatIsTrue()
{
    QRandomGenerator random(42);
    TasksModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter(QStringLiteral("default"));
    std::map<quint32, State> truth;
    for (int round = 0; round < 200; ++round) {
        RowChanges<TaskInfo> changes;
        QSet<quint32> touched;
        for (int i = random.bounded(60); i > 0; --i) {
            const quint32 number = random.bounded(3000U);
            if (touched.contains(number))
                continue;
            touched.insert(number);
            if (truth.contains(number) && random.bounded(3) == 0) {
                truth.erase(number);
                changes.removed.append(keyOf(makeTask(number)));
            } else {
                truth[number] = random.bounded(2) ? State::Started : State::Success;
                changes.put.append({keyOf(makeTask(number)), makeTask(number, truth[number])});
            }
        }
        model.apply(changes);
        if (round % 10 == 0)
            model.sort(random.bounded(int(TasksModel::columns)), Qt::SortOrder(random.bounded(2)));
    }
    int shown = 0;
    for (const auto &[number, state] : truth) {
        const int row = model.rowOf(keyOf(makeTask(number)));
        QCOMPARE(row >= 0, number % 3 != 0);
        shown += row >= 0;
        if (row >= 0)
            QCOMPARE(model.valueAt(row)->state, state);
    }
    QCOMPARE(model.rowCount(), shown);
    QCOMPARE(model.total(), qsizetype(truth.size()));
    QVERIFY(truth.size() > 1000);
}

void TestRowModel::aWaitingTaskShowsWhy()
{
    TasksModel model(nullptr);
    TaskInfo task = makeTask(1);
    task.why = QStringLiteral("No worker is connected.");
    model.apply(putting({task}));
    QModelIndex cell = model.index(0, TasksModel::WorkerColumn);
    QCOMPARE(cell.data().toString(), task.why);
    QVERIFY(cell.data(FaintRole).toBool());
    task.state = State::Started;
    task.worker = QStringLiteral("lab-1");
    model.apply(putting({task}));
    cell = model.index(0, TasksModel::WorkerColumn);
    QCOMPARE(cell.data().toString(), task.worker);
    QVERIFY(!cell.data(FaintRole).toBool());
}

void TestRowModel::queuesAndWorkersAddUp()
{
    QueuesModel queues(nullptr);
    WorkersModel workers(nullptr);
    QAbstractItemModelTester first(&queues, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester second(&workers, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RowChanges<QueueInfo> lines;
    lines.put.append({{1, "b"}, {QStringLiteral("b"), 3, 1, false}});
    lines.put.append({{1, "a"}, {QStringLiteral("a"), 4, 2, true}});
    queues.apply(lines);
    QCOMPARE(queues.index(0, QueuesModel::NameColumn).data().toString(), QStringLiteral("a"));
    QVERIFY(queues.index(0, 0).data(TroubleRole).toBool());
    QCOMPARE(queues.waiting(), 7U);
    QCOMPARE(queues.running(), 3U);
    WorkerInfo worker;
    worker.name = QStringLiteral("lab-1");
    worker.slots = 4;
    worker.busy = 1;
    worker.connected = true;
    RowChanges<WorkerInfo> machines;
    machines.put.append({{1, "k1"}, worker});
    worker.connected = false;
    machines.put.append({{1, "k2"}, worker});
    workers.apply(machines);
    QCOMPARE(workers.connected(), 1);
    QCOMPARE(workers.slotCount(), 4U);
    QCOMPARE(workers.busySlots(), 1U);
    const int row = workers.rowOf({1, "k1"});
    QCOMPARE(workers.index(row, WorkersModel::SlotsColumn).data(LoadRole).toDouble(), 0.25);
    QVERIFY(!workers.index(1 - row, WorkersModel::SlotsColumn).data(LoadRole).isValid());
}

DROVER_TEST_MAIN(TestRowModel)
#include "tst_rowmodel.moc"
