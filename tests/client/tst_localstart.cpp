// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/localstart.h"
#include "testing/main.h"

using namespace drover;
using namespace std::chrono_literals;

//! When a client that does not reach the broker of its user starts one.
class TestLocalStart : public QObject
{
    Q_OBJECT

private:
    static constexpr LocalStart::Signs nobody{false};
    static constexpr LocalStart::Signs somebody{true};
    const MonotonicTime begin{1h};

private Q_SLOTS:
    void withoutASignOfLifeOneIsStartedAtOnce()
    {
        LocalStart start;
        QVERIFY(start.wantsStart(nobody, begin));
    }

    void oneThatSeemsToLiveGetsAMoment()
    {
        LocalStart start;
        QVERIFY(!start.wantsStart(somebody, begin));
        QVERIFY(!start.wantsStart(somebody, begin + LocalStart::grace - 1ms));
        QVERIFY(start.wantsStart(somebody, begin + LocalStart::grace));
    }

    void oneThatDiesInItsMomentIsReplacedAtOnce()
    {
        LocalStart start;
        QVERIFY(!start.wantsStart(somebody, begin));
        QVERIFY(start.wantsStart(nobody, begin + 10ms));
    }

    void theMomentBeginsAnewForTheNext()
    {
        LocalStart start;
        QVERIFY(!start.wantsStart(somebody, begin));
        QVERIFY(start.wantsStart(nobody, begin + 1s));
        QVERIFY(!start.wantsStart(somebody, begin + LocalStart::grace));
    }

    void theNextIsStartedWhenTheLastDidNotAnswer()
    {
        LocalStart start;
        start.started(begin);
        QVERIFY(start.isStarting(begin + 1s));
        QVERIFY(!start.wantsStart(nobody, begin + LocalStart::patience - 1ms));
        QVERIFY(start.wantsStart(nobody, begin + LocalStart::patience));
        QVERIFY(!start.isStarting(begin + LocalStart::patience));
    }

    void oneThatAnsweredIsNotWaitedForTwice()
    {
        LocalStart start;
        start.started(begin);
        start.opened();
        QVERIFY(!start.isStarting(begin + 1ms));
        QVERIFY(start.wantsStart(nobody, begin + 1ms));
    }

    void oneThatCameUpAndWentIsReplacedSoon()
    {
        LocalStart start;
        start.started(begin);
        start.cameUp();
        QVERIFY(!start.isStarting(begin + 1ms));
        QVERIFY(!start.wantsStart(nobody, begin + LocalStart::pace - 1ms));
        QVERIFY(start.wantsStart(nobody, begin + LocalStart::pace));
        start.started(begin + 2s);
        QVERIFY(start.isStarting(begin + 2s));
    }

    void afterALostSessionWhoRestartsItByHandComesFirst()
    {
        LocalStart start;
        start.opened();
        start.lost(begin);
        QVERIFY(!start.wantsStart(nobody, begin + LocalStart::restartGrace - 1ms));
        QVERIFY(start.wantsStart(nobody, begin + LocalStart::restartGrace));
    }

    void whoHoldsTheLockAndHangsIsNotWaitedForForEver()
    {
        LocalStart start;
        QVERIFY(start.waitsForOther(begin));
        QVERIFY(start.waitsForOther(begin + LocalStart::patience - 1ms));
        QVERIFY(!start.waitsForOther(begin + LocalStart::patience));
        start.opened();
        QVERIFY(start.waitsForOther(begin + LocalStart::patience));
    }
};

DROVER_TEST_MAIN(TestLocalStart)

#include "tst_localstart.moc"
