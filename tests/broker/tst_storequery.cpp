// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

Q_DECLARE_METATYPE(drover::Durability)

namespace {

//! A task of batch 5, the item \a index.
StoredTask itemTask(quint32 index)
{
    StoredTask task = sampleTask(100 + index, 2);
    task.submission.id = TaskId({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0, quint8(index + 1)});
    return task;
}

} // namespace

class TestStoreQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void tasksAreListedWhereverTheyAre_data();
    void tasksAreListedWhereverTheyAre();
    void aListIsReadInPages();
    void itemsOfABatchAreARangeOfIds();
    void onlyTheOwnersTasksAreListed();
    void theListHasWhatWasAppendedBefore();
    void questionsLeftAtTheEndDoNotHoldItUp();

private:
    std::unique_ptr<Store> open(Durability durability)
    {
        return Store::open(m_folder->filePath(QStringLiteral("broker.db")), durability, 4, {}).value();
    }
    TasksListed ask(Store &store, const TaskQuery &query, const QByteArray &owner = {})
    {
        store.query(++m_request, query, owner);
        const auto listed = Replies(store).next<TasksListed>();
        return listed && listed->request == m_request ? *listed : TasksListed();
    }
    static QList<TaskId> idsOf(const TasksListed &listed)
    {
        QList<TaskId> ids;
        for (const TaskInfo &task : listed.page.tasks)
            ids.append(task.id);
        return ids;
    }

    std::optional<QTemporaryDir> m_folder;
    quint64 m_request = 0;
};

void TestStoreQuery::tasksAreListedWhereverTheyAre_data()
{
    const auto ids = [](std::initializer_list<quint64> numbers) {
        QList<TaskId> list;
        for (const quint64 number : numbers)
            list.append(sampleId(number));
        return list;
    };
    QTest::addColumn<Durability>("durability");
    QTest::addColumn<QList<State>>("states");
    QTest::addColumn<QString>("queue");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QList<TaskId>>("expected");
    for (const Durability durability : {Durability::Disk, Durability::Process, Durability::Memory}) {
        const auto row = [&](const char *name, const QList<State> &states, const char *queue, const char *function,
                             const QList<TaskId> &expected) {
            QTest::addRow("%s: %s", qPrintable(toString(durability)), name)
                << durability << states << QString::fromLatin1(queue) << QString::fromLatin1(function) << expected;
        };
        row("all", {}, "", "", ids({6, 5, 4, 3, 2, 1}));
        row("failed", {State::Failure}, "", "", ids({3}));
        row("finished", {State::Failure, State::Success}, "", "", ids({3, 1}));
        row("queued", {State::Pending}, "", "", ids({6, 5, 4}));
        row("started is received here", {State::Started}, "", "", ids({2}));
        row("none revoked", {State::Revoked}, "", "", {});
        row("a queue", {}, "queue 2", "", ids({6}));
        row("another queue", {}, "queue 7", "", {});
        row("a function", {}, "", "lab.add", ids({6, 5, 4, 3, 2, 1}));
        row("another function", {}, "", "lab.sub", {});
    }
}

void TestStoreQuery::tasksAreListedWhereverTheyAre()
{
    QFETCH(const Durability, durability);
    const auto store = open(durability);
    for (quint64 number = 1; number <= 6; ++number)
        store->append(number, {TaskAdded{sampleTask(number, number == 6 ? 2 : 1)}});
    store->append(7, {TaskEnded{sampleId(3), {1, 3}, sampleFailure()}});
    store->load(1, 0, 1); // a pass: rows in both tables
    store->append(8,
                  {TaskEnded{sampleId(1), {1, 1}, sampleSuccess()}, TaskUpdated{sampleId(2), {1, 2}, sampleLease(1)}});
    QFETCH(const QList<State>, states);
    QFETCH(const QString, queue);
    QFETCH(const QString, function);
    TaskQuery query;
    query.states = states;
    query.queue = queue;
    query.function = function;
    const TasksListed listed = ask(*store, query);
    QTEST(idsOf(listed), "expected");
    QVERIFY(!listed.page.more);
    for (const TaskInfo &task : listed.page.tasks)
        QVERIFY(task.attempts.isEmpty() && !task.summary.isEmpty());
}

void TestStoreQuery::aListIsReadInPages()
{
    const auto store = open(Durability::Process);
    for (quint64 number = 1; number <= 10; ++number) {
        store->append(number, {TaskAdded{sampleTask(number)}});
        if (number % 2)
            store->append(100 + number, {TaskEnded{sampleId(number), {1, number}, sampleSuccess()}});
    }
    TaskQuery query;
    query.limit = 4;
    QList<TaskId> all;
    QList<qsizetype> sizes;
    for (TaskPage page{{}, true, {}}; page.more && sizes.size() < 5;) {
        query.before = page.next;
        const TasksListed listed = ask(*store, query);
        page = listed.page;
        all += idsOf(listed);
        sizes.append(page.tasks.size());
    }
    QCOMPARE(sizes, (QList<qsizetype>{4, 4, 2}));
    QCOMPARE(all.size(), 10);
    for (quint64 number = 1; number <= 10; ++number)
        QCOMPARE(all[qsizetype(10 - number)], sampleId(number));
}

void TestStoreQuery::itemsOfABatchAreARangeOfIds()
{
    const auto store = open(Durability::Process);
    store->append(1,
                  {TaskAdded{sampleTask(1)}, TaskAdded{itemTask(0)}, TaskAdded{itemTask(1)}, TaskAdded{itemTask(9)},
                   TaskEnded{itemTask(1).submission.id, itemTask(1).place, sampleSuccess()}});
    TaskQuery query;
    query.batch = TaskId({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    QCOMPARE(idsOf(ask(*store, query)),
             (QList<TaskId>{itemTask(9).submission.id, itemTask(1).submission.id, itemTask(0).submission.id}));
    query.states = {State::Success};
    QCOMPARE(idsOf(ask(*store, query)), (QList<TaskId>{itemTask(1).submission.id}));
}

void TestStoreQuery::onlyTheOwnersTasksAreListed()
{
    const auto store = open(Durability::Process);
    store->append(1,
                  {TaskAdded{sampleTask(1, 1)}, TaskAdded{sampleTask(2, 2)}, TaskAdded{sampleTask(3, 1)},
                   TaskEnded{sampleId(3), {1, 3}, sampleSuccess()}});
    QCOMPARE(idsOf(ask(*store, {}, sampleTask(1, 1).lane.owner)), (QList<TaskId>{sampleId(3), sampleId(1)}));
    QCOMPARE(idsOf(ask(*store, {}, QByteArray(32, 'z'))), QList<TaskId>());
}

void TestStoreQuery::theListHasWhatWasAppendedBefore()
{
    const auto store = open(Durability::Process);
    for (quint64 number = 1; number <= 50; ++number) {
        store->append(number, {TaskAdded{sampleTask(number)}});
        QCOMPARE(ask(*store, {}).page.tasks.size(), qsizetype(number));
    }
}

void TestStoreQuery::questionsLeftAtTheEndDoNotHoldItUp()
{
    const auto store = open(Durability::Process);
    store->append(1, {TaskAdded{sampleTask(1)}});
    for (quint64 request = 1; request <= 100; ++request)
        store->query(request, {}, {});
    store->close();
    quint64 last = 0;
    for (const StoreReply &reply : store->takeReplies()) {
        if (const auto *listed = std::get_if<TasksListed>(&reply)) {
            QCOMPARE(listed->request, last + 1);
            QCOMPARE(listed->page.tasks.size(), 1);
            last = listed->request;
        }
    }
    QVERIFY(store->takeReplies().isEmpty());
}

DROVER_TEST_MAIN(TestStoreQuery)
#include "tst_storequery.moc"
