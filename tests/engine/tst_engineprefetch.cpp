// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

class TestEnginePrefetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quickAttemptsAreGrantedAhead()
    {
        Script s;
        quick(s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 65")}));
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign b"), QStringLiteral("e1< Assign c")}));
    }

    void shortAttemptsHaveOneInWaiting()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.fromExecutor(1, Script::finished('a', true, 10'000));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished a ok"), QStringLiteral("1< Grant 3")}));
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign b")}));
        s.fromExecutor(1, Script::finished('b', true, 10'000));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Finished b ok"), QStringLiteral("e1< Assign c"),
                              QStringLiteral("1< Grant 4")}));
    }

    void quickAttemptsAreSpreadOverTheExecutors()
    {
        EngineOptions options;
        options.slots = 2;
        Script s(options);
        s.ready(2);
        quick(s);
        s.take();
        for (const char name : {'b', 'c', 'd', 'e'})
            s.from(1, Script::assign(name));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("e1< Assign b"), QStringLiteral("e2< Assign c"),
                              QStringLiteral("e1< Assign d"), QStringLiteral("e2< Assign e")}));
    }

    void whatWaitsBehindALongOneIsTakenBack()
    {
        Script s;
        quick(s);
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.advance(50ms);
        QCOMPARE(s.take(),
                 QStringList(
                     {QStringLiteral("1< Started b"), QStringLiteral("e1< TakeBack c"), QStringLiteral("1< Grant 3")}));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Returned c unstarted")}));
    }

    void whatWasTakenBackRunsInAFreeSlot()
    {
        EngineOptions options;
        options.slots = 2;
        Script s(options);
        s.ready(2);
        quick(s);
        for (const char name : {'b', 'c', 'd'})
            s.from(1, Script::assign(name));
        s.fromExecutor(2, Script::finished('c', true, 100));
        s.advance(50ms);
        s.take();
        s.fromExecutor(1, Returned{Script::task('d'), {1, 1}, Returned::Why::Unstarted});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e2< Assign d")}));
    }

    void aLongFunctionIsNotQueuedInAnExecutorAndGoesBack()
    {
        Script s;
        quick(s);
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c', 1, "long"));
        s.take();
        s.advance(50ms);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< Started b"), QStringLiteral("1< Returned c unstarted"),
                              QStringLiteral("1< Grant 3")}));
    }

    void aCrashBlamesTheFirstAndRunsTheOthersAgain()
    {
        Script s;
        quick(s);
        for (const char name : {'b', 'c', 'd'})
            s.from(1, Script::assign(name));
        s.take();
        s.died(1);
        QCOMPARE(s.take().mid(0, 2),
                 QStringList({QStringLiteral("1< Finished b crashed blamed"), QStringLiteral("start e2")}));
        s.ready(2);
        QCOMPARE(s.take(), QStringList({QStringLiteral("e2< Assign c")}));
        s.fromExecutor(2, Script::finished('c'));
        QVERIFY(s.take().contains(QStringLiteral("e2< Assign d")));
    }

    void whatIsCancelledInTheQueueOfAnExecutorDoesNotRun()
    {
        Script s;
        quick(s);
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.from(1, Stop{Script::task('c'), {1, 1}, false});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< TakeBack c"), QStringLiteral("e1< Stop c")}));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< Finished c user")}));
    }

    void whatIsBehindABlockedOneIsTakenBack()
    {
        Script s;
        quick(s);
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.fromExecutor(1, Script::submit('b', 'x', 1));
        s.take();
        s.fromExecutor(1, Blocked{Script::task('b'), {1, 1}});
        QCOMPARE(s.take().mid(0, 3),
                 QStringList(
                     {QStringLiteral("1< Blocked b"), QStringLiteral("e1< TakeBack c"), QStringLiteral("start e2")}));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        s.ready(2);
        QCOMPARE(s.take(), QStringList({QStringLiteral("e2< Assign c")}));
    }

    // It could begin what waits behind before it hears that this is taken back.
    void aSlotIsLentOnlyWhenNothingWaitsInItsExecutor()
    {
        Script s;
        quick(s);
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.fromExecutor(1, Script::submit('b', 'x', 1));
        s.fromExecutor(1, Blocked{Script::task('b'), {1, 1}});
        s.ready(2);
        s.from(1, Script::assign('d'));
        const QStringList said = s.take();
        QVERIFY2(said.filter(QStringLiteral("e2< Assign")).isEmpty(), qPrintable(said.join(u'\n')));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QCOMPARE(s.take().first(), QStringLiteral("e2< Assign c"));
    }

private:
    //! The function f has proved to be quick.
    static void quick(Script &s)
    {
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.fromExecutor(1, Script::finished('a', true, 100));
    }
};

DROVER_TEST_MAIN(TestEnginePrefetch)

#include "tst_engineprefetch.moc"
