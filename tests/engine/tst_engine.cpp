// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExecutorIsStartedForEachSlot()
    {
        EngineOptions options;
        options.slots = 2;
        Script s(options);
        QCOMPARE(s.take(), QStringList({QStringLiteral("start e1"), QStringLiteral("start e2")}));
    }

    void theOfferWaitsForTheFunctions()
    {
        Script s;
        s.connect(1);
        QCOMPARE(s.take(), QStringList({QStringLiteral("start e1")}));
        s.ready(1);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=1 functions=2 held=[]"), QStringLiteral("1< Grant 1")}));
    }

    void theOfferDoesNotWaitForExecutorsThatDie()
    {
        Script s;
        s.connect(1);
        s.take();
        s.died(1);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=1 functions=1 held=[]"), QStringLiteral("start e2"),
                              QStringLiteral("1< Grant 1")}));
    }

    void anAttemptRunsAndItsPlaceIsGrantedAgain()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a")}));
        s.advance(19ms);
        QCOMPARE(s.take(), QStringList());
        s.advance(1ms);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Started a")}));
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 2")}));
        s.from(1, FinishedAck{{Script::lease('a')}});
        QCOMPARE(s.take(), QStringList());
    }

    void anAssignWithoutAPlaceIsAnsweredBusy()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Script::assign('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a"), QStringLiteral("1< Returned b busy")}));
    }

    void itIsIdleUntilAnAttemptComesAndOnceItsResultIsAcknowledged()
    {
        Script s;
        s.open();
        QVERIFY(s.engine.isIdle());
        s.from(1, Script::assign('a'));
        QVERIFY(!s.engine.isIdle());
        s.fromExecutor(1, Script::finished('a'));
        QVERIFY(!s.engine.isIdle());
        FinishedAck ack;
        ack.leases.append(Script::lease('a'));
        s.from(1, ack);
        QVERIFY(s.engine.isIdle());
    }

    void anAssignThatIsTooDeepIsHandedBack()
    {
        Script s;
        s.open();
        Assign deep = Script::assign('a');
        deep.depth = 65;
        s.from(1, deep);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Returned a depth"), QStringLiteral("1< Grant 2")}));
    }

    void anAssignThatComesTwiceRunsOnce()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Script::assign('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a")}));
        s.fromExecutor(1, Script::finished('a'));
        s.take();
        s.from(1, Script::assign('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 4")}));
    }

    void aNewLeaseOfATaskEndsTheOlderOne()
    {
        EngineOptions options;
        options.slots = 2;
        Script s(options);
        s.ready(2);
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, Script::assign('a', 2));
        QCOMPARE(s.take(),
                 QStringList(
                     {QStringLiteral("e1< Assign a"), QStringLiteral("e1< Stop a"), QStringLiteral("e2< Assign a2")}));
    }

    void heldLeasesArePresentedOnReconnect()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.disconnect(1);
        s.take();
        s.connect(2);
        QCOMPARE(s.take(), QStringList({QStringLiteral("2< Offer slots=1 functions=2 held=[a started]")}));
    }

    void resultsAreSentAgainUntilAcknowledged()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.disconnect(1);
        s.take();
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool a")}));
        for (BrokerSession session : {2, 3}) {
            s.connect(session);
            QStringList lines = s.take();
            QVERIFY(lines.contains(QStringLiteral("%1< Offer slots=1 functions=2 held=[a started]").arg(session)));
            QVERIFY(lines.contains(QStringLiteral("%1< Finished a ok").arg(session)));
        }
        s.from(3, FinishedAck{{Script::lease('a')}});
        QCOMPARE(s.take(), QStringList({QStringLiteral("unspool a")}));
        s.connect(4);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("drop 3"), QStringLiteral("4< Offer slots=1 functions=2 held=[]"),
                              QStringLiteral("4< Grant 1")}));
    }

    void aNewerSessionReplacesTheOlderOfTheSameBroker()
    {
        Script s;
        s.open();
        s.connect(2);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("drop 1"), QStringLiteral("2< Offer slots=1 functions=2 held=[]"),
                              QStringLiteral("2< Grant 1")}));
        s.from(1, Script::assign('a'));
        QCOMPARE(s.take(), QStringList());
        s.disconnect(1);
        s.from(2, Script::assign('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a")}));
    }

    void aSlotIsPromisedToOneOfTwoBrokers()
    {
        Script s;
        s.open();
        s.connect(2, "B");
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("2< Offer slots=1 functions=2 held=[]"), QStringLiteral("1< Grant 0")}));
        s.from(2, Demand{1});
        QCOMPARE(s.take(), QStringList({QStringLiteral("2< Grant 1")}));
        s.from(1, Demand{3});
        QCOMPARE(s.take(), QStringList());
        s.from(2, Script::assign('b'));
        s.fromExecutor(1, Script::finished('b'));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("e1< Assign b"), QStringLiteral("2< Finished b ok"),
                              QStringLiteral("1< Grant 1")}));
    }

    void leasesOfOneBrokerAreNoBusinessOfAnother()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.connect(2, "B");
        s.take();
        s.from(2, Stop{Script::task('a'), {1, 1}, true});
        s.from(2, FinishedAck{{Script::lease('a')}});
        s.fromExecutor(7, Script::finished('a'));
        QCOMPARE(s.take(), QStringList());
    }

    void leasesAreRenewedWhileThereAreAny()
    {
        Script s;
        s.open();
        s.advance(25s);
        QCOMPARE(s.take(), QStringList());
        s.from(1, Script::assign('a'));
        s.advance(1s);
        s.from(1, Renewed{1});
        QCOMPARE(s.take(),
                 QStringList(
                     {QStringLiteral("e1< Assign a"), QStringLiteral("1< Renew 1"), QStringLiteral("1< Started a")}));
        s.advance(30s);
        QCOMPARE(
            s.take(),
            QStringList({QStringLiteral("1< Renew 2"), QStringLiteral("1< Renew 3"), QStringLiteral("1< Renew 4")}));
    }

    void aBrokerThatDoesNotRenewIsDropped()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.advance(39s);
        s.take();
        s.advance(1s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("drop 1")}));
    }

    void aDeadExecutorBlamesWhatItRan()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.died(1);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Finished a crashed blamed"), QStringLiteral("start e2"),
                              QStringLiteral("1< Grant 2")}));
        s.from(1, Script::assign('b'));
        QCOMPARE(s.take(), QStringList());
        s.ready(2);
        QCOMPARE(s.take(), QStringList({QStringLiteral("e2< Assign b")}));
    }

    void executorsThatKnowOtherFunctionsAreReplaced()
    {
        EngineOptions options;
        options.slots = 2;
        Script s(options);
        s.open();
        s.ready(2, {QStringLiteral("f"), QStringLiteral("g")});
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=2 functions=3 held=[]"), QStringLiteral("retire e1"),
                              QStringLiteral("start e3")}));
    }

    void aProbeIsOneExecutorMore()
    {
        Script s;
        s.open();
        WorkerActions actions;
        s.engine.probe(s.now, actions);
        QCOMPARE(actions.size(), size_t(1));
        s.engine.probe(s.now, actions);
        QCOMPARE(actions.size(), size_t(1));
    }

    void commandsNeedNoExecutor()
    {
        EngineOptions options = Script::oneSlot();
        options.executors = false;
        Script s(options);
        s.connect(1);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=1 functions=1 held=[]"), QStringLiteral("1< Grant 1")}));
        s.from(1, Script::command('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("run a")}));
        s.commandFinished('a');
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 2")}));
    }

    void aBrokerWithoutTheRoleIsOfferedNoCommandsAndRefusedThem()
    {
        EngineOptions options = Script::oneSlot();
        options.executors = false;
        Script s(options);
        s.connect(1, "A", false);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Offer slots=1 functions=0 held=[]"), QStringLiteral("1< Grant 1")}));
        s.from(1, Script::command('a'));
        const QStringList told = s.take();
        QCOMPARE(told.size(), 2);
        QVERIFY2(told[0].startsWith(QLatin1String("1< Finished a ")), qPrintable(told[0]));
        QVERIFY2(!told[0].endsWith(QLatin1String(" ok")), qPrintable(told[0]));
        QCOMPARE(told[1], QStringLiteral("1< Grant 2"));
    }
};

DROVER_TEST_MAIN(TestEngine)

#include "tst_engine.moc"
