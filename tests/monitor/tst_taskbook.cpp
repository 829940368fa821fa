// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "monitor/taskbook.h"
#include "protocol/rows.h"
#include "testing/main.h"

using namespace drover;

namespace {

TaskInfo makeTask(quint8 number, State state = State::Pending)
{
    std::array<quint8, 16> id{};
    id[15] = number;
    TaskInfo task;
    task.id = TaskId(id);
    task.state = state;
    return task;
}

QByteArray idOf(quint8 number)
{
    return rowKey(makeTask(number));
}

//! What somebody sees who was told all changes: "1:PENDING 2:SUCCESS".
QString seen(std::map<QByteArray, TaskInfo> &rows, TaskBook &book)
{
    const RowChanges<TaskInfo> changes = book.takeChanges();
    for (const auto &[key, task] : changes.put)
        rows[key.id] = task;
    for (const RowKey &key : changes.removed)
        rows.erase(key.id);
    QStringList words;
    for (const auto &[id, task] : rows)
        words.append(QStringLiteral("%1:%2").arg(int(id.back())).arg(toString(task.state)));
    return words.join(u' ');
}

} // namespace

class TestTaskBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTaskThatEndedStays();
    void oneThatNobodyKnowsGoes();
    void oneThatCameAndWentIsAskedFor();
    void aSnapshotEndsWhatItLacks();
    void liveRowsAreBounded();
    void endedRowsAreBounded();
    void questionsAreBounded();
    void anUnchangedRowIsNotToldAgain();
    void allRowsCanBeToldAgain();
    void aFinalStateIsFinal();
};

void TestTaskBook::aTaskThatEndedStays()
{
    TaskBook book(1, {});
    std::map<QByteArray, TaskInfo> rows;
    book.put(makeTask(1, State::Started));
    QCOMPARE(seen(rows, book), QStringLiteral("1:STARTED"));
    book.leave(idOf(1));
    QCOMPARE(book.takeLeft(), QList<TaskId>{makeTask(1).id});
    QCOMPARE(seen(rows, book), QStringLiteral("1:STARTED"));
    book.learn(makeTask(1, State::Success));
    QCOMPARE(seen(rows, book), QStringLiteral("1:SUCCESS"));
    book.reset({});
    QCOMPARE(seen(rows, book), QStringLiteral("1:SUCCESS"));
    QVERIFY(book.takeLeft().isEmpty());
}

void TestTaskBook::oneThatNobodyKnowsGoes()
{
    TaskBook book(1, {});
    std::map<QByteArray, TaskInfo> rows;
    book.put(makeTask(1));
    QCOMPARE(seen(rows, book), QStringLiteral("1:PENDING"));
    book.leave(idOf(1));
    book.forget(idOf(1));
    QCOMPARE(seen(rows, book), QString());
}

void TestTaskBook::oneThatCameAndWentIsAskedFor()
{
    TaskBook book(1, {});
    std::map<QByteArray, TaskInfo> rows;
    book.leave(idOf(9));
    QVERIFY(book.hasChanges());
    QCOMPARE(book.takeLeft(), QList<TaskId>{makeTask(9).id});
    book.learn(makeTask(9, State::Failure));
    QCOMPARE(seen(rows, book), QStringLiteral("9:FAILURE"));
}

void TestTaskBook::aSnapshotEndsWhatItLacks()
{
    TaskBook book(1, {});
    std::map<QByteArray, TaskInfo> rows;
    book.reset({makeTask(1), makeTask(2)});
    QCOMPARE(seen(rows, book), QStringLiteral("1:PENDING 2:PENDING"));
    book.reset({makeTask(2, State::Started), makeTask(3)});
    QCOMPARE(book.takeLeft(), QList<TaskId>{makeTask(1).id});
    book.learn(makeTask(1, State::Revoked));
    QCOMPARE(seen(rows, book), QStringLiteral("1:REVOKED 2:STARTED 3:PENDING"));
}

void TestTaskBook::liveRowsAreBounded()
{
    TaskBook book(1, {2, 10, 10});
    std::map<QByteArray, TaskInfo> rows;
    book.reset({makeTask(1), makeTask(2), makeTask(3)});
    QVERIFY(book.isTruncated());
    QCOMPARE(seen(rows, book), QStringLiteral("1:PENDING 2:PENDING"));
    book.put(makeTask(1, State::Started));
    book.put(makeTask(4));
    QCOMPARE(seen(rows, book), QStringLiteral("1:STARTED 2:PENDING"));
    book.leave(idOf(2));
    book.learn(makeTask(2, State::Success));
    book.put(makeTask(4));
    QCOMPARE(seen(rows, book), QStringLiteral("1:STARTED 2:SUCCESS 4:PENDING"));
    book.reset({makeTask(4)});
    QVERIFY(!book.isTruncated());
}

void TestTaskBook::endedRowsAreBounded()
{
    TaskBook book(1, {10, 2, 10});
    std::map<QByteArray, TaskInfo> rows;
    for (quint8 number = 1; number <= 4; ++number)
        book.learn(makeTask(number, State::Success));
    QCOMPARE(seen(rows, book), QStringLiteral("3:SUCCESS 4:SUCCESS"));
}

void TestTaskBook::questionsAreBounded()
{
    TaskBook book(1, {10, 10, 2});
    std::map<QByteArray, TaskInfo> rows;
    for (quint8 number = 1; number <= 4; ++number)
        book.put(makeTask(number));
    QCOMPARE(seen(rows, book), QStringLiteral("1:PENDING 2:PENDING 3:PENDING 4:PENDING"));
    for (quint8 number = 1; number <= 4; ++number)
        book.leave(idOf(number));
    QCOMPARE(book.takeLeft(), (QList<TaskId>{makeTask(3).id, makeTask(4).id}));
    QCOMPARE(seen(rows, book), QStringLiteral("3:PENDING 4:PENDING"));
}

void TestTaskBook::anUnchangedRowIsNotToldAgain()
{
    TaskBook book(1, {});
    book.put(makeTask(1));
    QCOMPARE(book.takeChanges().put.size(), 1);
    book.put(makeTask(1));
    book.reset({makeTask(1)});
    QVERIFY(!book.hasChanges());
}

void TestTaskBook::allRowsCanBeToldAgain()
{
    TaskBook book(1, {});
    book.put(makeTask(1));
    book.learn(makeTask(2, State::Success));
    QCOMPARE(book.takeChanges().put.size(), 2);
    book.changeAll();
    QCOMPARE(book.takeChanges().put.size(), 2);
}

void TestTaskBook::aFinalStateIsFinal()
{
    TaskBook book(1, {});
    std::map<QByteArray, TaskInfo> rows;
    book.learn(makeTask(1, State::Success));
    book.put(makeTask(1, State::Started));
    QCOMPARE(seen(rows, book), QStringLiteral("1:SUCCESS"));
    book.leave(idOf(1));
    QVERIFY(book.takeLeft().isEmpty());
}

DROVER_TEST_MAIN(TestTaskBook)
#include "tst_taskbook.moc"
