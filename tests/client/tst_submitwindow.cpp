// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/submitwindow.h"
#include "testing/main.h"

using namespace drover;

namespace {

void fill(SubmitWindow &window, int count)
{
    IdGenerator ids;
    for (int i = 0; i < count; ++i) {
        Submission submission;
        submission.id = ids.next();
        auto task = std::make_shared<PendingTask>(submission.id);
        window.add(std::move(submission), std::move(task));
    }
}

//! The numbers that may be sent now.
QList<quint64> sendable(SubmitWindow &window)
{
    QList<quint64> all;
    while (const SubmitWindow::Entry *entry = window.next(MonotonicTime()))
        all.append(entry->seq);
    return all;
}

} // namespace

class TestSubmitWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsUnderWayIsOfferedAgain_data();
    void whatIsUnderWayIsOfferedAgain();
    void numbersGoOnWhenAllIsTaken();
    void anEntryIsTakenOnce();
    void noMoreThanTheLimitIsUnderWay();
    void takingAllEmptiesIt();
};

void TestSubmitWindow::whatIsUnderWayIsOfferedAgain_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QList<quint64>>("taken");
    QTest::addColumn<QList<quint64>>("again");
    using L = QList<quint64>;
    QTest::newRow("empty") << 0 << L{} << L{};
    QTest::newRow("nothing taken") << 3 << L{} << L{1, 2, 3};
    QTest::newRow("the first taken") << 3 << L{1} << L{2, 3};
    QTest::newRow("a gap") << 4 << L{2, 3} << L{1, 4};
    QTest::newRow("out of order") << 4 << L{4, 1} << L{2, 3};
    QTest::newRow("the last taken") << 2 << L{2} << L{1};
    QTest::newRow("all taken") << 2 << L{2, 1} << L{};
    QTest::newRow("unknown numbers") << 2 << L{0, 7, ~0ull} << L{1, 2};
}

void TestSubmitWindow::whatIsUnderWayIsOfferedAgain()
{
    QFETCH(int, count);
    QFETCH(QList<quint64>, taken);
    QFETCH(QList<quint64>, again);
    SubmitWindow window;
    fill(window, count);
    QCOMPARE(sendable(window).size(), count);
    QVERIFY(!window.next(MonotonicTime()));
    for (quint64 seq : taken)
        window.take(seq);
    QVERIFY(!window.next(MonotonicTime()));
    QCOMPARE(window.size(), again.size());
    window.rewind();
    QCOMPARE(sendable(window), again);
}

void TestSubmitWindow::numbersGoOnWhenAllIsTaken()
{
    SubmitWindow window;
    QCOMPARE(window.lastSeq(), 0u);
    fill(window, 2);
    QVERIFY(window.take(1) && window.take(2));
    QVERIFY(window.isEmpty());
    QCOMPARE(window.lastSeq(), 2u);
    fill(window, 1);
    QCOMPARE(sendable(window), QList<quint64>{3});
}

void TestSubmitWindow::anEntryIsTakenOnce()
{
    SubmitWindow window;
    fill(window, 2);
    const auto entry = window.take(2);
    QVERIFY(entry && entry->task->id() == entry->submission.id);
    QVERIFY(!window.take(2));
    QCOMPARE(window.size(), 1);
}

void TestSubmitWindow::noMoreThanTheLimitIsUnderWay()
{
    SubmitWindow window(2);
    fill(window, 5);
    QCOMPARE(sendable(window), (QList<quint64>{1, 2}));
    window.take(2); // the first still holds the window
    QCOMPARE(sendable(window), QList<quint64>{});
    window.take(1);
    QCOMPARE(sendable(window), (QList<quint64>{3, 4}));
    window.rewind();
    QCOMPARE(sendable(window), (QList<quint64>{3, 4}));
}

void TestSubmitWindow::takingAllEmptiesIt()
{
    SubmitWindow window;
    fill(window, 3);
    window.take(2);
    const auto all = window.takeAll();
    QCOMPARE(all.size(), 2u);
    QCOMPARE(all.back().seq, 3u);
    QVERIFY(window.isEmpty() && !window.next(MonotonicTime()));
    fill(window, 1);
    QCOMPARE(sendable(window), QList<quint64>{4});
}

DROVER_TEST_MAIN(TestSubmitWindow)

#include "tst_submitwindow.moc"
