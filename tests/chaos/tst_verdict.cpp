// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "verdict.h"

using namespace drover;

namespace {

constexpr qint64 beganMs = 1'800'000'000'000;
const QString worker = QStringLiteral("worker-1");

//! A task of one client that was acknowledged, ran once and succeeded.
Evidence oneTask(TaskKind kind = TaskKind::Work)
{
    Evidence evidence;
    Entry entry;
    entry.number = 1;
    entry.kind = kind;
    entry.id = IdGenerator(1).next(beganMs);
    entry.acknowledged = true;
    entry.result = QStringLiteral("ok 1");
    TaskInfo task;
    task.id = entry.id;
    task.state = State::Success;
    task.attempts.append(AttemptInfo{1, worker, beganMs, beganMs + 10, State::Success, {}, {}});
    evidence.tasks.insert(entry.id, task);
    evidence.results.insert(entry.id, entry.result);
    evidence.executions.append({entry.id.toString(), 1, worker, 100, beganMs, beganMs + 10});
    evidence.ledgers[QStringLiteral("client-1")][1] = entry;
    return evidence;
}

//! The same, but its first attempt came to nothing.
Evidence ranTwice(TaskKind kind, Reason reason)
{
    Evidence evidence = oneTask(kind);
    TaskInfo &task = *evidence.tasks.begin();
    task.attempts.prepend(AttemptInfo{1, worker, beganMs, beganMs + 5, State::Failure, Error(reason, {}), {}});
    task.attempts.last().number = 2;
    Execution second = evidence.executions.first();
    second.attempt = 2;
    second.pid = 101;
    second.beganMs += 3000;
    evidence.executions.append(second);
    return evidence;
}

Entry &entryOf(Evidence &evidence)
{
    return evidence.ledgers.begin()->second.begin()->second;
}

} // namespace

//! A verdict complains of what is wrong.
class TestVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodRunIsGood()
    {
        const Evidence evidence = oneTask();
        const Verdict verdict(evidence);
        QCOMPARE(verdict.lost() + verdict.contradictions() + verdict.unexplained() + verdict.ranTwice(), QStringList());
        QVERIFY(verdict.report().contains(QLatin1String("Nothing acknowledged was lost")));
    }

    void whatWasAcknowledgedMustBeThere()
    {
        Evidence evidence = oneTask();
        evidence.tasks.clear();
        QCOMPARE(Verdict(evidence).lost().size(), 1);
        QVERIFY(!Verdict(evidence).report().contains(QLatin1String("Nothing acknowledged was lost")));
        entryOf(evidence).acknowledged = false;
        QCOMPARE(Verdict(evidence).lost().size(), 0);
    }

    void whatWasAcknowledgedMustHaveEndedOnce()
    {
        Evidence evidence = oneTask();
        evidence.tasks.begin()->state = State::Pending;
        QCOMPARE(Verdict(evidence).lost().size(), 1);
        evidence = oneTask();
        evidence.listedTwice.append(entryOf(evidence).id);
        QCOMPARE(Verdict(evidence).lost().size(), 1);
    }

    void whatAClientSawMustBeWhatIsRecorded()
    {
        Evidence evidence = oneTask();
        entryOf(evidence).result = QStringLiteral("ok 2");
        QCOMPARE(Verdict(evidence).contradictions().size(), 1);
        evidence = oneTask();
        entryOf(evidence).contradicted = true;
        QCOMPARE(Verdict(evidence).contradictions().size(), 1);
    }

    void aResultNeedsAnExecutionAndAFailureAReason()
    {
        Evidence evidence = oneTask();
        evidence.executions.clear();
        QCOMPARE(Verdict(evidence).contradictions().size(), 1);
        evidence = oneTask();
        evidence.tasks.begin()->state = State::Failure;
        evidence.tasks.begin()->reason = Reason::Timeout;
        QCOMPARE(Verdict(evidence).contradictions().size(), 1);
    }

    void moreExecutionsNeedACause_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("victim"); // -1: nobody was killed
        QTest::addColumn<qsizetype>("complaints");
        QTest::newRow("a retry") << int(Reason::Exception) << -1 << qsizetype(0);
        QTest::newRow("a lost lease") << int(Reason::WorkerLost) << -1 << qsizetype(0);
        QTest::newRow("a killed worker") << int(Reason::WorkerLost) << int(Victim::Worker) << qsizetype(0);
        QTest::newRow("a killed executor") << int(Reason::Crashed) << int(Victim::Executor) << qsizetype(0);
        QTest::newRow("a crash of its own") << int(Reason::Crashed) << -1 << qsizetype(1);
        QTest::newRow("a crash, and a killed broker") << int(Reason::Crashed) << int(Victim::Broker) << qsizetype(1);
        QTest::newRow("not in the history") << int(Reason::None) << -1 << qsizetype(1);
        QTest::newRow("forgotten by a killed broker") << int(Reason::None) << int(Victim::Broker) << qsizetype(0);
        QTest::newRow("a killed client") << int(Reason::None) << int(Victim::Client) << qsizetype(1);
    }
    void moreExecutionsNeedACause()
    {
        QFETCH(const int, reason);
        QFETCH(const int, victim);
        QFETCH(const qsizetype, complaints);
        Evidence evidence = ranTwice(TaskKind::Work, Reason(reason));
        if (Reason(reason) == Reason::None)
            evidence.tasks.begin()->attempts.removeFirst();
        if (victim >= 0)
            evidence.kills.append({Victim(victim), worker, {100}, beganMs + 1, true});
        QCOMPARE(Verdict(evidence).unexplained().size(), complaints);
        QCOMPARE(Verdict(evidence).ranTwice().size(), 0);
    }

    void atMostOnceIsNotTwice()
    {
        Evidence evidence = ranTwice(TaskKind::AtMostOnce, Reason::WorkerLost);
        evidence.kills.append({Victim::Worker, worker, {100}, beganMs + 1, true});
        QCOMPARE(Verdict(evidence).ranTwice().size(), 1);
    }
};

DROVER_TEST_MAIN(TestVerdict)

#include "tst_verdict.moc"
