// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

namespace {

Suspend suspend(char name, bool on = true)
{
    return {Script::task(name), {1, 1}, on};
}

QStringList lines(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list.append(QString::fromLatin1(text));
    return list;
}

Assign exclusive(char name, Milliseconds lease = 9s)
{
    Assign assign = Script::assign(name);
    assign.exclusive = true;
    assign.leaseMs = quint64(lease.count());
    return assign;
}

Assign ackEarly(char name, quint32 attempt = 1)
{
    Assign assign = Script::assign(name, attempt);
    assign.ackEarly = true;
    return assign;
}

//! It is assigned 'a', and the broker confirms that.
void beginExclusive(Script &s)
{
    s.from(1, exclusive('a'));
    s.from(1, Renewed{1});
}

} // namespace

//! Attempts that stand still, soft time limits, exclusive attempts, attempts that run at most once.
class TestEngineControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExecutorStandsStillAndGoesOn()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.from(1, suspend('a'));
        QCOMPARE(s.take(), lines({"suspend e1", "1< Suspended a on"}));
        s.from(1, suspend('a', false));
        QCOMPARE(s.take(), lines({"resume e1", "1< Suspended a off"}));
    }

    void aCommandStandsStill()
    {
        Script s;
        s.open();
        s.from(1, Script::command('a'));
        s.take();
        s.from(1, suspend('a'));
        QCOMPARE(s.take(), lines({"suspend a", "1< Suspended a on"}));
        s.from(1, suspend('a', false));
        QCOMPARE(s.take(), lines({"resume a", "1< Suspended a off"}));
    }

    void theTimeLimitWaits()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.timeoutMs = 100;
        s.from(1, assign);
        s.advance(50ms);
        s.from(1, suspend('a'));
        s.take();
        s.advance(5s);
        QCOMPARE(s.take(), lines({}));
        s.from(1, suspend('a', false));
        s.take();
        s.advance(49ms);
        QCOMPARE(s.take(), lines({}));
        s.advance(1ms);
        QCOMPARE(s.take(), lines({"e1< Stop a"}));
    }

    void whatHasNotBegunIsHandedBack()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 10)); // f is quick: others are put behind
        s.from(1, FinishedAck{{Script::lease('a')}});
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.from(1, suspend('c'));
        QCOMPARE(s.take(), lines({"e1< TakeBack c"}));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QVERIFY(s.take().contains(QStringLiteral("1< Returned c unstarted")));
    }

    void whatWaitsBehindIsTakenBackFirst()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 10));
        s.from(1, FinishedAck{{Script::lease('a')}});
        s.from(1, Script::assign('b'));
        s.from(1, Script::assign('c'));
        s.take();
        s.from(1, suspend('b'));
        QCOMPARE(s.take(), lines({"e1< TakeBack c"}));
        s.fromExecutor(1, Returned{Script::task('c'), {1, 1}, Returned::Why::Unstarted});
        QVERIFY(s.take().contains(QStringLiteral("suspend e1")));
    }

    void aCancelledOneGoesOnToHearOfIt()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, suspend('a'));
        s.take();
        s.from(1, Stop{Script::task('a'), {1, 1}, false});
        QCOMPARE(s.take(), lines({"resume e1", "e1< Stop a"}));
    }

    void aThreadCannotStandStill()
    {
        EngineOptions options = Script::oneSlot();
        options.suspendsExecutors = false;
        Script s(options);
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.from(1, suspend('a'));
        QCOMPARE(s.take(),
                 lines({"1< Suspended a off: Its worker cannot pause it: it runs in a thread of a program."}));
    }

    void aNewSessionHearsThatItStandsStill()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, suspend('a'));
        s.disconnect(1);
        s.take();
        s.connect(2);
        QVERIFY(s.take().contains(QStringLiteral("2< Offer slots=1 functions=2 held=[a started paused]")));
    }

    void theSoftLimitTellsAndTheHardOneKills()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.softTimeoutMs = 10;
        assign.timeoutMs = 15;
        s.from(1, assign);
        s.take();
        s.advance(10ms);
        QCOMPARE(s.take(), lines({"e1< Stop a"}));
        s.advance(4ms);
        QCOMPARE(s.take(), lines({}));
        s.advance(1ms);
        QCOMPARE(s.take(), lines({"e1< Stop a", "kill e1"}));
        s.died(1, 9);
        QCOMPARE(s.take().first(), QStringLiteral("1< Finished a timeout"));
    }

    void whatComesAfterTheSoftLimitStillCounts()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.softTimeoutMs = 10;
        s.from(1, assign);
        s.advance(10ms);
        s.take();
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take().first(), QStringLiteral("1< Finished a ok"));
    }

    void theExclusiveBeginsWhenItsLeaseIsConfirmed()
    {
        Script s;
        s.open();
        s.from(1, exclusive('a'));
        const QStringList said = s.take();
        QVERIFY(said.contains(QStringLiteral("1< Renew 1")) && !said.contains(QStringLiteral("e1< Assign a")));
        s.from(1, Renewed{1});
        QCOMPARE(s.take().first(), QStringLiteral("e1< Assign a"));
    }

    void anExclusiveLeaseThatWasOverWhenItCameNeverBegins()
    {
        Script s;
        s.open();
        s.from(1, exclusive('a')); // out of a socket that was not read while the machine slept
        s.from(1, Stop{Script::task('a'), {1, 1}, true, Reason::WorkerLost});
        s.from(1, Renewed{1});
        const QStringList said = s.take();
        QVERIFY(said.contains(QStringLiteral("1< Finished a worker_lost")));
        QVERIFY2(!said.contains(QStringLiteral("e1< Assign a")), qPrintable(said.join(u'\n')));
    }

    void theExclusiveIsConfirmedOverAnotherLink()
    {
        Script s;
        s.open();
        s.from(1, exclusive('a'));
        s.disconnect(1);
        s.connect(2);
        QVERIFY(s.take().contains(QStringLiteral("2< Renew 1")));
        s.from(2, Renewed{1});
        QVERIFY(s.take().contains(QStringLiteral("e1< Assign a")));
    }

    void theExclusiveWaitsForTheEndOfItsFormerAttempt()
    {
        EngineOptions twoSlots = Script::oneSlot();
        twoSlots.slots = 2;
        Script s(twoSlots);
        s.open();
        beginExclusive(s);
        s.take();
        Assign again = exclusive('a');
        again.token.attempt = 2;
        s.from(1, again);
        s.from(1, Renewed{2});
        QStringList said = s.take();
        QVERIFY(said.contains(QStringLiteral("e1< Stop a")));
        QVERIFY2(said.filter(QStringLiteral("Assign a")).isEmpty(), qPrintable(said.join(u'\n')));
        s.ready(2);
        s.died(1, 9);
        said = s.take();
        QVERIFY2(!said.filter(QStringLiteral("Assign a")).isEmpty(), qPrintable(said.join(u'\n')));
    }

    void aNewerAttemptEndsTheOlderOneThoughThereIsNoPlaceForIt()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        s.from(1, Script::assign('a', 2));
        const QStringList said = s.take();
        QVERIFY2(said.contains(QStringLiteral("e1< Stop a")), qPrintable(said.join(u'\n')));
        QVERIFY2(said.contains(QStringLiteral("1< Returned a2 busy")), qPrintable(said.join(u'\n')));
    }

    void theExclusiveEndsWithItsLease()
    {
        Script s;
        s.open();
        beginExclusive(s);
        s.disconnect(1);
        s.take();
        s.advance(8999ms);
        QCOMPARE(s.take(), lines({}));
        s.advance(1ms);
        QCOMPARE(s.take(), lines({"e1< Stop a"}));
        s.advance(1s);
        QCOMPARE(s.take(), lines({"kill e1"}));
        s.died(1, 9);
        s.connect(2);
        QVERIFY(s.take().contains(QStringLiteral("2< Finished a worker_lost")));
    }

    void anAnsweredRenewalProlongsIt()
    {
        Script s;
        s.open();
        beginExclusive(s);
        s.take();
        s.advance(3s);
        QVERIFY(s.take().contains(QStringLiteral("1< Renew 2")));
        s.from(1, Renewed{2});
        s.disconnect(1);
        s.take();
        s.advance(8999ms); // counted from when it was sent
        QCOMPARE(s.take(), lines({}));
        s.advance(1ms);
        QCOMPARE(s.take(), lines({"e1< Stop a"}));
    }

    void othersGoOnWithoutALease()
    {
        Script s;
        s.open();
        Assign assign = exclusive('a');
        assign.exclusive = false;
        s.from(1, assign);
        s.disconnect(1);
        s.take();
        s.advance(60s);
        QCOMPARE(s.take(), lines({}));
    }

    void atMostOnceIsNeverHandedBackOnceBegun()
    {
        Script s;
        s.open();
        s.from(1, ackEarly('a'));
        s.take();
        s.stop(true);
        s.stop(true);
        QVERIFY(s.take().contains(QStringLiteral("1< Finished a worker_lost")));
    }

    void anExclusiveAttemptIsNotHandedBackWhileItsExecutorDies()
    {
        Script s;
        s.open();
        beginExclusive(s);
        s.take();
        s.stop(true);
        s.stop(true);
        const QStringList said = s.take();
        QVERIFY(said.contains(QStringLiteral("kill e1")));
        QVERIFY2(said.filter(QStringLiteral("Returned a")).isEmpty(), qPrintable(said.join(u'\n')));
    }

    void whoHasEndedTellsNobodyThatNothingIsHeld()
    {
        Script s;
        s.open();
        beginExclusive(s);
        s.disconnect(1);
        s.stop(true);
        s.stop(true);
        QVERIFY(s.take().contains(QStringLiteral("ended")));
        s.connect(2);
        QCOMPARE(s.take(), lines({})); // what is killed may still run
    }

    void anExecutorThatStandsStillWhenItsResultComesGoesOn()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.from(1, suspend('a'));
        s.take();
        s.fromExecutor(1, Script::finished('a')); // it had ended just before
        QVERIFY(s.take().contains(QStringLiteral("resume e1")));
    }

    void atMostOnceDiesBlockedAsAnyOther()
    {
        Script s;
        s.open();
        s.from(1, ackEarly('a'));
        s.fromExecutor(1, Blocked{Script::task('a'), {1, 1}});
        s.take();
        s.died(1, 6);
        QVERIFY(s.take().contains(QStringLiteral("1< Finished a crashed blamed")));
    }

    void atMostOnceIsNotPutBehindOthers()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.fromExecutor(1, Script::finished('a', true, 10)); // f is quick
        s.from(1, FinishedAck{{Script::lease('a')}});
        s.from(1, Script::assign('b'));
        s.take();
        s.from(1, ackEarly('c'));
        QCOMPARE(s.take(), lines({})); // it waits here
        s.fromExecutor(1, Script::finished('b', true, 10));
        QVERIFY(s.take().contains(QStringLiteral("e1< Assign c")));
    }
};

DROVER_TEST_MAIN(TestEngineControl)
#include "tst_enginecontrol.moc"
