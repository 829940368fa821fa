// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/tablefeeds.h"
#include "testing/main.h"

using namespace drover;

namespace {

using Rows = QList<QByteArray>;

Snapshot part(quint64 number, const Rows &rows, bool last)
{
    return {Table::Tasks, number, last, rows};
}

Delta delta(const QList<RowChange> &changes)
{
    return {Table::Tasks, 2, changes};
}

} // namespace

class TestTableFeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { feeds = {}; }
    void aSnapshotIsWholeOrNothing();
    void anUnfinishedSnapshotGivesWayToTheNext();
    void aDeltaSaysWhatIsNewAndGone();
    void nobodyHearsOfOtherTables();
    void creditIsCountedInAll_data();
    void creditIsCountedInAll();
    void theLastReaderEndsIt();
    void aNewLinkBeginsWithASnapshot();

private:
    TableFeeds feeds;
};

void TestTableFeeds::aSnapshotIsWholeOrNothing()
{
    feeds.subscribe(Table::Tasks);
    QVERIFY(!feeds.received(part(1, {"a"}, false)));
    QVERIFY(!feeds.received(part(1, {}, false)));
    QCOMPARE(feeds.received(part(1, {"b", "c"}, true)), (Rows{"a", "b", "c"}));
    QCOMPARE(feeds.received(part(2, {}, true)), Rows{});
}

void TestTableFeeds::anUnfinishedSnapshotGivesWayToTheNext()
{
    feeds.subscribe(Table::Tasks);
    QVERIFY(!feeds.received(part(1, {"old"}, false)));
    QCOMPARE(feeds.received(part(2, {"new"}, true)), Rows{"new"});
}

void TestTableFeeds::aDeltaSaysWhatIsNewAndGone()
{
    feeds.subscribe(Table::Tasks);
    const auto change = feeds.received(delta({{RowChange::Op::Put, "k1", "r1"}, {RowChange::Op::Remove, "k2", {}}}));
    QCOMPARE(change.rows, Rows{"r1"});
    QCOMPARE(change.removed, Rows{"k2"});
}

void TestTableFeeds::nobodyHearsOfOtherTables()
{
    feeds.subscribe(Table::Workers);
    QVERIFY(!feeds.received(part(1, {"a"}, true)));
    QVERIFY(feeds.received(delta({{RowChange::Op::Put, "k", "r"}})).rows.isEmpty());
    QVERIFY(!feeds.moreCredit(Table::Tasks));
}

void TestTableFeeds::creditIsCountedInAll_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("more");
    QTest::newRow("nothing") << 0 << false;
    QTest::newRow("less than half") << int(TableFeeds::window / 2 - 1) << false;
    QTest::newRow("half") << int(TableFeeds::window / 2) << true;
    QTest::newRow("all") << int(TableFeeds::window) << true;
    QTest::newRow("more than all") << int(TableFeeds::window + 1) << true; // the last row may go beyond it
}

void TestTableFeeds::creditIsCountedInAll()
{
    QFETCH(int, size);
    QFETCH(bool, more);
    QCOMPARE(feeds.subscribe(Table::Tasks).credit, TableFeeds::window);
    feeds.received(part(1, {QByteArray(size, 'x')}, true));
    const auto credit = feeds.moreCredit(Table::Tasks);
    QCOMPARE(credit.has_value(), more);
    if (more)
        QCOMPARE(credit->credit, size + TableFeeds::window);
    QVERIFY(!feeds.moreCredit(Table::Tasks));
}

void TestTableFeeds::theLastReaderEndsIt()
{
    feeds.subscribe(Table::Tasks);
    feeds.subscribe(Table::Tasks);
    QVERIFY(!feeds.unsubscribe(Table::Tasks));
    QVERIFY(feeds.isSubscribed(Table::Tasks));
    QVERIFY(feeds.unsubscribe(Table::Tasks));
    QVERIFY(!feeds.unsubscribe(Table::Tasks));
    QVERIFY(feeds.resubscribed().isEmpty());
}

void TestTableFeeds::aNewLinkBeginsWithASnapshot()
{
    feeds.subscribe(Table::Tasks);
    feeds.subscribe(Table::Tasks);
    feeds.received(part(1, {QByteArray(int(TableFeeds::window), 'x')}, false));
    const QList<Subscribe> again = feeds.resubscribed();
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.first().credit, TableFeeds::window);
    QCOMPARE(feeds.received(part(1, {"a"}, true)), Rows{"a"});
    QVERIFY(!feeds.unsubscribe(Table::Tasks));
}

DROVER_TEST_MAIN(TestTableFeeds)

#include "tst_tablefeeds.moc"
