// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

class TestEngineStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelAsksTheAttemptToStop()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Stop{Script::task('a'), {1, 1}, false});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a"), QStringLiteral("e1< Stop a")}));
        s.advance(5s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Started a")}));
        s.fromExecutor(1, Script::finished('a', false));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a user"), QStringLiteral("1< Grant 2")}));
    }

    void aResultWinsOverACancel()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Stop{Script::task('a'), {1, 1}, false});
        s.take();
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 2")}));
    }

    void aForcedCancelKillsTheExecutorAfterAGrace()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Stop{Script::task('a'), {1, 1}, true});
        s.take();
        s.advance(1s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Started a"), QStringLiteral("kill e1")}));
        s.died(1, 9);
        QCOMPARE(s.take(),
                 QStringList(
                     {QStringLiteral("1< Finished a user"), QStringLiteral("start e2"), QStringLiteral("1< Grant 2")}));
    }

    void anAttemptBeyondItsTimeIsStoppedAndKilled()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.timeoutMs = 100;
        s.from(1, assign);
        s.take();
        s.advance(99ms);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Started a")}));
        s.advance(1ms);
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Stop a")}));
        s.advance(1s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("kill e1")}));
        s.died(1, 9);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Finished a timeout"), QStringLiteral("start e2"),
                              QStringLiteral("1< Grant 2")}));
    }

    void anAttemptThatObeysTheStopHasTimedOut()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.timeoutMs = 10;
        s.from(1, assign);
        s.advance(10ms);
        s.take();
        s.fromExecutor(1, Script::finished('a', false));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a timeout"), QStringLiteral("1< Grant 2")}));
    }

    void aCommandIsAskedThenKilled()
    {
        Script s;
        s.open();
        s.from(1, Script::command('a'));
        s.from(1, Stop{Script::task('a'), {1, 1}, false});
        QCOMPARE(s.take(), QStringList({QStringLiteral("run a"), QStringLiteral("stop a")}));
        s.advance(1s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Started a"), QStringLiteral("kill a")}));
    }

    void aFirstStopOfAnIdleWorkerEndsIt()
    {
        Script s;
        s.open();
        s.stop();
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=1 functions=2 held=[] stopping"),
                              QStringLiteral("retire e1"), QStringLiteral("ended"), QStringLiteral("1< Grant 0")}));
        s.stop();
        QCOMPARE(s.take(), QStringList());
    }

    void aFirstStopLetsRunningAttemptsFinish()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.stop();
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Offer slots=1 functions=2 held=[a started] stopping")}));
        s.from(1, Script::assign('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Returned b stopping")}));
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("retire e1")}));
        s.from(1, FinishedAck{{Script::lease('a')}});
        QCOMPARE(s.take(), QStringList({QStringLiteral("ended")}));
    }

    void anAcknowledgementIsNotWaitedForForEver()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.stop();
        s.fromExecutor(1, Script::finished('a'));
        s.take();
        s.advance(9s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool a")}));
        s.advance(1s);
        QCOMPARE(s.take().last(), QStringLiteral("ended"));
    }

    void aFirstStopHandsBackWhatHasNotStarted()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 10'000));
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.stop();
        QVERIFY(s.take().contains(QStringLiteral("1< Returned c stopping")));
    }

    void aFirstStopTakesBackWhatWaitsInAnExecutor()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 100));
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.stop();
        QVERIFY(s.take().contains(QStringLiteral("e1< TakeBack c")));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Returned c stopping")}));
    }

    void aCrashWhileStoppingHandsBackTheRest()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 100));
        s.from(1, FinishedAck{{Script::lease('a')}});
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.stop();
        s.take();
        s.died(1);
        QCOMPARE(
            s.take(),
            QStringList({QStringLiteral("1< Finished b crashed blamed"), QStringLiteral("1< Returned c stopping")}));
    }

    void aSecondStopKillsAndHandsBack()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.stop();
        s.take();
        s.stop();
        QCOMPARE(s.take(),
                 QStringList(
                     {QStringLiteral("kill e1"), QStringLiteral("1< Returned a stopping"), QStringLiteral("ended")}));
    }

    void aStopThatIsNotGracefulKillsAtOnce()
    {
        Script s;
        s.open();
        s.from(1, Script::command('a'));
        s.take();
        s.stop(false);
        const QStringList lines = s.take();
        QVERIFY(lines.contains(QStringLiteral("kill a")));
        QVERIFY(lines.contains(QStringLiteral("1< Returned a stopping")));
        QVERIFY(lines.contains(QStringLiteral("ended")));
    }
};

DROVER_TEST_MAIN(TestEngineStop)

#include "tst_enginestop.moc"
