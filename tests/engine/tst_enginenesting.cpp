// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

class TestEngineNesting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitsAreRenumberedAndAnswered()
    {
        Script s;
        parent(s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Submit b #1")}));
        s.from(1, Accepted{{{1, 4}}});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Accepted 5-5")}));
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< TaskResult b")}));
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(), QStringList());
    }

    void aSubmitInAnothersNameIsIgnored()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('p'));
        s.take();
        s.fromExecutor(1, Script::submit('q', 'b', 5));
        s.fromExecutor(2, Script::submit('p', 'b', 5));
        QCOMPARE(s.take(), QStringList());
    }

    void aBlockedAttemptLendsItsSlot()
    {
        Script s;
        blockedParent(s);
        QCOMPARE(
            s.take(),
            QStringList({QStringLiteral("1< Blocked p"), QStringLiteral("start e2"), QStringLiteral("1< Grant 2")}));
        s.ready(2);
        s.from(1, Script::assign('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e2< Assign b")}));
        s.fromExecutor(2, Script::finished('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished b ok"), QStringLiteral("1< Grant 3")}));
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Resumed p"), QStringLiteral("e1< TaskResult b"),
                              QStringLiteral("1< Grant 2")}));
    }

    void itWaitsForASlotBeforeItGoesOn()
    {
        Script s;
        blockedParent(s);
        s.ready(2);
        s.from(1, Script::assign('x'));
        s.take();
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(), QStringList());
        s.fromExecutor(2, Script::finished('x'));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Finished x ok"), QStringLiteral("1< Resumed p"),
                              QStringLiteral("e1< TaskResult b")}));
    }

    void anAttemptThatWentOnByItselfIsResumed()
    {
        Script s;
        blockedParent(s);
        s.take();
        s.fromExecutor(1, Resumed{Script::task('p'), {1, 1}});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Resumed p"), QStringLiteral("1< Grant 1")}));
    }

    void slotsAreLentAgainAndAgain()
    {
        Script s;
        blockedParent(s);
        s.ready(2);
        s.from(1, Script::assign('b'));
        s.take();
        s.fromExecutor(2, Script::submit('b', 'c', 1));
        s.fromExecutor(2, Blocked{Script::task('b'), {1, 1}});
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Submit c #2"), QStringLiteral("1< Blocked b"),
                              QStringLiteral("start e3"), QStringLiteral("1< Grant 3")}));
    }

    void onlySoManySlotsAreLent()
    {
        EngineOptions options = Script::oneSlot();
        options.maxLent = 1;
        Script s(options);
        blockedParent(s);
        s.ready(2);
        s.from(1, Script::assign('b'));
        s.fromExecutor(2, Script::submit('b', 'c', 1));
        s.take();
        s.fromExecutor(2, Blocked{Script::task('b'), {1, 1}});
        QCOMPARE(s.take(), QStringList());
    }

    void whatIsLostWhileBlockedIsHandedBackUnblamed()
    {
        Script s;
        blockedParent(s);
        s.take();
        s.died(1, 9);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Returned p unstarted")}));
    }

    void aBlockedParentIsPresentedAndItsChildrenAskedFor()
    {
        Script s;
        parent(s);
        s.fromExecutor(1, Script::submit('p', 'c', 6));
        s.fromExecutor(1, Blocked{Script::task('p'), {1, 1}});
        s.from(1, Accepted{{{1, 1}}});
        s.disconnect(1);
        s.take();
        s.connect(2);
        QCOMPARE(
            s.take(),
            QStringList({QStringLiteral("2< Offer slots=1 functions=2 held=[p blocked]"), QStringLiteral("2< Watch b"),
                         QStringLiteral("2< Submit c #2"), QStringLiteral("2< Grant 1")}));
    }

    void childrenAreNotAskedForAfterTheParentEnded()
    {
        Script s;
        parent(s);
        s.from(1, Accepted{{{1, 1}}});
        s.fromExecutor(1, Script::finished('p'));
        s.take();
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(), QStringList());
    }

    void aRefusedSubmitReachesTheTask()
    {
        Script s;
        blockedParent(s);
        s.take();
        s.from(1, SubmitRefused{1, Script::task('b'), Error(ErrorCode::InvalidArgument, QString())});
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Resumed p"), QStringLiteral("e1< SubmitRefused b #5"),
                              QStringLiteral("1< Grant 1")}));
    }

    void aDuplicateIsFollowedUnderItsFirstId()
    {
        Script s;
        parent(s);
        s.take();
        s.from(1, Duplicate{1, Script::task('b'), Script::task('z')});
        s.from(1, Script::result('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Duplicate b #5 z")}));
        s.from(1, Script::result('z'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< TaskResult z")}));
    }

    void aChildThatTheBrokerDoesNotKnowIsAnError()
    {
        Script s;
        parent(s);
        s.from(1, Accepted{{{1, 1}}});
        s.take();
        s.from(1, Unknown{Script::task('b'), Error(ErrorCode::NotFound, QString())});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< TaskResult b")}));
    }

    void surplusExecutorsEndAfterAWhile()
    {
        Script s;
        blockedParent(s);
        s.ready(2);
        s.from(1, Script::result('b'));
        s.fromExecutor(1, Script::finished('p'));
        s.from(1, FinishedAck{{Script::lease('p')}});
        s.take();
        s.advance(9s);
        QCOMPARE(s.take(), QStringList());
        s.advance(2s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("retire e1")}));
    }

    void cancelsOfChildrenTravelToTheBroker()
    {
        Script s;
        parent(s);
        s.take();
        s.fromExecutor(1, Cancel{0, Script::task('b')});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Cancel b")}));
    }

private:
    //! Task p runs in executor 1 and has submitted b under its number 5; the Submit is still to be read.
    static void parent(Script &s)
    {
        s.open();
        s.from(1, Script::assign('p'));
        s.take();
        s.fromExecutor(1, Script::submit('p', 'b', 5));
    }
    //! p waits for b.
    static void blockedParent(Script &s)
    {
        parent(s);
        s.take();
        s.fromExecutor(1, Blocked{Script::task('p'), {1, 1}});
    }
};

DROVER_TEST_MAIN(TestEngineNesting)

#include "tst_enginenesting.moc"
