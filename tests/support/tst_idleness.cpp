// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/idleness.h"
#include "testing/main.h"

using namespace drover;
using namespace std::chrono_literals;

class TestIdleness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsOverWhenThereWasNoWorkForSoLong()
    {
        ManualClock clock;
        Idleness idleness(10s);
        QVERIFY(!idleness.due());
        idleness.update(false, clock.monotonic());
        QVERIFY(idleness.due() == clock.monotonic() + 10s);
        clock.advance(9999ms);
        idleness.update(false, clock.monotonic());
        QVERIFY(!idleness.isOver(clock.monotonic()));
        clock.advance(1ms);
        QVERIFY(idleness.isOver(clock.monotonic()));
    }

    void workStartsTheTimeAnew()
    {
        ManualClock clock;
        Idleness idleness(10s);
        idleness.update(false, clock.monotonic());
        clock.advance(9s);
        idleness.update(true, clock.monotonic());
        QVERIFY(!idleness.due());
        idleness.update(false, clock.monotonic());
        clock.advance(9s);
        QVERIFY(!idleness.isOver(clock.monotonic()));
        clock.advance(1s);
        QVERIFY(idleness.isOver(clock.monotonic()));
    }

    void workThatGoesOnNeverEnds()
    {
        ManualClock clock;
        Idleness idleness(10s);
        idleness.update(true, clock.monotonic());
        clock.advance(24h);
        QVERIFY(!idleness.isOver(clock.monotonic()));
    }

    void withoutALimitItIsNeverOver()
    {
        ManualClock clock;
        Idleness idleness;
        QVERIFY(!idleness.isEnabled());
        idleness.update(false, clock.monotonic());
        clock.advance(10'000h);
        QVERIFY(!idleness.due() && !idleness.isOver(clock.monotonic()));
    }
};

DROVER_TEST_MAIN(TestIdleness)

#include "tst_idleness.moc"
