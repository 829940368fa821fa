// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoro/QCoroTask>

#include <QtTest/QTest>

#include <chrono>
#include <functional>
#include <memory>

namespace drover::testing {

//! What became of a coroutine that runCoroutine() started. It went well when `trouble` is empty.
struct CoroutineRun
{
    bool suspended = false; //!< it did not finish in the call that started it
    std::chrono::milliseconds longestStall{0}; //!< the longest time in which the event loop did not turn
    QString trouble; //!< a sentence: it did not finish in time, it threw, or the loop stood still

    explicit operator bool() const { return trouble.isEmpty(); }
};

//! How long a coroutine of a test may take, and the event loop may stand still meanwhile.
struct CoroutineLimits
{
    std::chrono::milliseconds timeout{20000};
    std::chrono::milliseconds stall{5000};
};

using StartCoroutine = std::function<QCoro::Task<>()>;

//! Starts the coroutine and turns the event loop of this thread until it has finished, thrown, or run out of time;
//! it never hangs, as QCoro::waitFor() does on a coroutine that throws. The closure lives as long as the coroutine.
//! `QVERIFY2(run, qPrintable(run.trouble))`, or the macro DROVER_RUN.
CoroutineRun runCoroutine(StartCoroutine start, CoroutineLimits limits = {});

} // namespace drover::testing

//! In a test slot: runs a coroutine (a callable that returns QCoro::Task<>) and fails when it did not go well.
#define DROVER_RUN(...) \
    do { \
        const auto droverRun = drover::testing::runCoroutine(__VA_ARGS__); \
        QVERIFY2(droverRun, qPrintable(droverRun.trouble)); \
    } while (false)

//! QVERIFY and QCOMPARE for the inside of a coroutine that returns QCoro::Task<>.
#define CO_VERIFY(statement) \
    do { \
        if (!QTest::qVerify(static_cast<bool>(statement), #statement, "", __FILE__, __LINE__)) \
            co_return; \
    } while (false)

#define CO_VERIFY2(statement, description) \
    do { \
        if (!QTest::qVerify(static_cast<bool>(statement), #statement, (description), __FILE__, __LINE__)) \
            co_return; \
    } while (false)

#define CO_COMPARE(actual, expected) \
    do { \
        if (!QTest::qCompare(actual, expected, #actual, #expected, __FILE__, __LINE__)) \
            co_return; \
    } while (false)
