// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/coroutine.h"
#include "testing/main.h"

#include <QCoro/QCoroTimer>

#include <QtCore/QThread>

#include <stdexcept>

using namespace drover::testing;
using namespace std::chrono_literals;

class TestCoroutine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishesWithoutSuspending()
    {
        const CoroutineRun run = runCoroutine([]() -> QCoro::Task<> { co_return; });
        QVERIFY2(run, qPrintable(run.trouble));
        QVERIFY(!run.suspended);
    }

    void finishesAfterSuspending()
    {
        int steps = 0;
        const CoroutineRun run = runCoroutine([&]() -> QCoro::Task<> {
            ++steps;
            co_await QCoro::sleepFor(20ms);
            ++steps;
        });
        QVERIFY2(run, qPrintable(run.trouble));
        QVERIFY(run.suspended);
        QCOMPARE(steps, 2);
    }

    void exceptionIsTroubleAndDoesNotHang_data()
    {
        QTest::addColumn<bool>("suspendsFirst");
        QTest::newRow("at once") << false;
        QTest::newRow("after suspending") << true;
    }

    void exceptionIsTroubleAndDoesNotHang()
    {
        QFETCH(bool, suspendsFirst);
        const CoroutineRun run = runCoroutine([&]() -> QCoro::Task<> {
            if (suspendsFirst)
                co_await QCoro::sleepFor(1ms);
            throw std::runtime_error("broken on purpose");
        });
        QVERIFY(!run);
        QVERIFY2(run.trouble.contains(QStringLiteral("broken on purpose")), qPrintable(run.trouble));
    }

    void coroutineThatNeverEndsIsTrouble()
    {
        // it goes on after the test gave up, and its closure is still there
        const auto alive = std::make_shared<bool>(false);
        const CoroutineRun run = runCoroutine(
            [alive]() -> QCoro::Task<> {
                co_await QCoro::sleepFor(200ms);
                *alive = true;
            },
            {50ms, 5s});
        QVERIFY2(run.trouble.contains(QStringLiteral("did not finish within 50 ms")), qPrintable(run.trouble));
        QTRY_VERIFY(*alive);
    }

    void loopThatStandsStillIsTrouble()
    {
        const CoroutineRun run = runCoroutine(
            []() -> QCoro::Task<> {
                co_await QCoro::sleepFor(1ms);
                QThread::msleep(100);
                co_await QCoro::sleepFor(30ms);
            },
            {20s, 90ms});
        QVERIFY2(run.trouble.contains(QStringLiteral("stood still")), qPrintable(run.trouble));
        QVERIFY(run.longestStall >= 90ms);
    }

    void macroRunsACoroutineWithChecks()
    {
        bool ended = false;
        DROVER_RUN([&]() -> QCoro::Task<> {
            co_await QCoro::sleepFor(1ms);
            CO_VERIFY(true);
            CO_VERIFY2(true, "said when it fails");
            CO_COMPARE(1 + 1, 2);
            ended = true;
        });
        QVERIFY(ended);
    }
};

DROVER_TEST_MAIN(TestCoroutine)

#include "tst_coroutine.moc"
