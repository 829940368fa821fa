// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "place.h"

#include "testplugin/test.h"

using namespace drover;
using namespace drover::testing;

//! Client::list() behind each kind of broker.
class TestLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { Place::addRows(); }
    void init();
    void cleanup() { m_place.reset(); }
    void tasksAreListedAsTheyAre();
    void aListIsReadInPages();

private:
    Client &client() { return m_place->client(); }
    TaskPage pageOf(const TaskQuery &query) { return testing::resultOf(client().list(query)).value_or(TaskPage()); }
    static QList<TaskId> idsOf(const TaskPage &page)
    {
        QList<TaskId> ids;
        for (const TaskInfo &task : page.tasks)
            ids.append(task.id);
        return ids;
    }

    std::optional<Place> m_place;
};

void TestLists::init()
{
    QFETCH_GLOBAL(QString, scheme);
    m_place.emplace(scheme);
    QVERIFY(m_place->start());
}

void TestLists::tasksAreListedAsTheyAre()
{
    QVERIFY(pageOf({}).tasks.isEmpty());
    const auto good = client().submit(test::sleep, 1);
    const auto bad = client().submit("lab.nothing");
    QVERIFY(testing::resultOf(good).has_value());
    TaskQuery query;
    query.states = {State::Success};
    QTRY_COMPARE(idsOf(pageOf(query)), (QList<TaskId>{good.id()}));
    const TaskInfo info = pageOf(query).tasks.first();
    QCOMPARE(info.function, test::sleep.name());
    QVERIFY(info.finishedMs > 0);
    query = {};
    query.function = QStringLiteral("lab.nothing");
    QCOMPARE(idsOf(pageOf(query)), (QList<TaskId>{bad.id()}));
    if (m_place->isRemote())
        QVERIFY(pageOf(query).tasks.first().why.contains(QLatin1String("lab.nothing")));
    QCOMPARE(idsOf(pageOf({})), (QList<TaskId>{bad.id(), good.id()}));
    query.queue = QStringLiteral("elsewhere");
    QVERIFY(pageOf(query).tasks.isEmpty());
}

void TestLists::aListIsReadInPages()
{
    QList<TaskId> ids;
    for (int i = 0; i < 25; ++i)
        ids.prepend(client().submit(test::sleep, 0).id());
    QTRY_COMPARE(pageOf({}).tasks.size(), 25);
    TaskQuery query;
    query.limit = 10;
    QList<TaskId> all;
    TaskPage page;
    do {
        page = pageOf(query);
        all += idsOf(page);
        query.before = page.next;
    } while (page.more && all.size() < 100);
    QCOMPARE(all, ids);
}

DROVER_TEST_MAIN(TestLists)
#include "tst_lists.moc"
