// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/clock.h"
#include "testing/main.h"

#include <QtCore/QDateTime>

using namespace drover;
using namespace std::chrono_literals;

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manualClockStandsUntilItIsMoved()
    {
        ManualClock clock;
        const MonotonicTime monotonic = clock.monotonic();
        const WallTime wall = clock.wall();
        QVERIFY(clock.monotonic() == monotonic && clock.wall() == wall);
        clock.advance(1500us);
        QVERIFY(clock.monotonic() - monotonic == 1500us);
        QVERIFY(clock.wall() - wall == 1ms);
    }

    void steppingTheCalendarDoesNotMoveTheMonotonicClock_data()
    {
        QTest::addColumn<qint64>("stepMs");
        QTest::newRow("back a day") << qint64(-86'400'000);
        QTest::newRow("none") << qint64(0);
        QTest::newRow("on an hour") << qint64(3'600'000);
    }

    void steppingTheCalendarDoesNotMoveTheMonotonicClock()
    {
        QFETCH(qint64, stepMs);
        ManualClock clock;
        const MonotonicTime monotonic = clock.monotonic();
        const WallTime wall = clock.wall();
        clock.stepWall(Milliseconds(stepMs));
        QVERIFY(clock.monotonic() == monotonic);
        QVERIFY(clock.wall() - wall == Milliseconds(stepMs));
    }

    void systemClockNeverStepsBackAndMoves()
    {
        const SystemClock clock;
        const MonotonicTime start = clock.monotonic();
        MonotonicTime last = start;
        QVERIFY(start.time_since_epoch() > 0ns);
        for (int i = 0; i < 10'000; ++i) {
            const MonotonicTime now = clock.monotonic();
            QVERIFY(now >= last);
            last = now;
        }
        QTRY_VERIFY(clock.monotonic() > start);
    }

    void wallTimeIsThatOfTheSystem()
    {
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const qint64 wall = SystemClock().wall().time_since_epoch().count();
        QVERIFY(wall >= before && wall <= QDateTime::currentMSecsSinceEpoch());
    }
};

DROVER_TEST_MAIN(TestClock)

#include "tst_clock.moc"
