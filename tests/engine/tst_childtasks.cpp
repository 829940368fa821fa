// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/children.h"

#include "testing/main.h"

using namespace drover;

namespace {

TaskId task(char name)
{
    std::array<quint8, 16> bytes{};
    bytes[15] = quint8(name);
    return Id(bytes);
}

Submit submit(char name, quint64 seq)
{
    Submit message;
    message.seq = seq;
    message.id = task(name);
    return message;
}

const QByteArray broker = "A";
const LeaseRef owner{task('p'), {1, 1}};

} // namespace

class TestChildTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitsAreNumberedPerBroker()
    {
        ChildTasks children;
        QCOMPARE(children.add(submit('a', 70), broker, owner, 1).submit.seq, quint64(1));
        QCOMPARE(children.add(submit('b', 71), broker, owner, 1).submit.seq, quint64(2));
        QCOMPARE(children.add(submit('c', 72), "B", owner, 1).submit.seq, quint64(1));
        QCOMPARE(children.of(broker).size(), 2);
    }

    void acceptanceIsToldOnce()
    {
        ChildTasks children;
        children.add(submit('a', 70), broker, owner, 1);
        const QList<ChildTask> accepted = children.accept(broker, {1, 9});
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted.first().executorSeq, quint64(70));
        QVERIFY(children.accept(broker, {1, 9}).isEmpty());
    }

    void aResultBeforeAcceptanceDoesNotEndTheResubmission()
    {
        ChildTasks children;
        children.add(submit('a', 70), broker, owner, 1);
        children.finish(task('a'), broker);
        QVERIFY(children.waitingFor(task('a'), broker).isEmpty());
        QCOMPARE(children.of(broker).size(), 1);
        children.accept(broker, {1, 1});
        QVERIFY(children.isEmpty());
    }

    void anAcceptedTaskGoesWithItsResult()
    {
        ChildTasks children;
        children.add(submit('a', 70), broker, owner, 1);
        children.accept(broker, {1, 1});
        QCOMPARE(children.waitingFor(task('a'), broker).size(), 1);
        QVERIFY(children.waitingFor(task('a'), "B").isEmpty());
        children.finish(task('a'), broker);
        QVERIFY(children.isEmpty());
    }

    void orphansAreOnlyWaitedForUntilAccepted()
    {
        ChildTasks children;
        children.add(submit('a', 70), broker, owner, 1);
        children.add(submit('b', 71), broker, owner, 1);
        children.accept(broker, {1, 1});
        children.orphan(owner);
        QCOMPARE(children.of(broker).size(), 1);
        QCOMPARE(children.of(broker).first().submit.id, task('b'));
    }

    void aDuplicateIsFoundUnderTheFirstTask()
    {
        ChildTasks children;
        children.add(submit('a', 70), broker, owner, 1);
        children.rename(broker, 1, task('z'));
        QVERIFY(children.waitingFor(task('a'), broker).isEmpty());
        QCOMPARE(children.waitingFor(task('z'), broker).size(), 1);
        children.finish(task('z'), broker);
        QVERIFY(children.isEmpty());
    }

    void unknownNamesAndNumbersChangeNothing()
    {
        ChildTasks children;
        children.rename(broker, 5, task('z'));
        children.forget(broker, 5);
        children.finish(task('q'), broker);
        children.orphan(owner);
        QVERIFY(children.bySeq(broker, 5) == nullptr);
        QVERIFY(children.isEmpty());
    }
};

DROVER_TEST_MAIN(TestChildTasks)

#include "tst_childtasks.moc"
