// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/coroutine.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace drover::testing {

namespace {

using std::chrono::milliseconds;

struct Outcome
{
    bool finished = false;
    QString thrown;
    QPointer<QEventLoop> loop;
};

// The closure travels in this frame, so that it outlives the coroutine also when the test gives up on it.
QCoro::Task<> watch(std::shared_ptr<StartCoroutine> start, std::shared_ptr<Outcome> outcome)
{
    try {
        co_await (*start)();
    } catch (const std::exception &exception) {
        outcome->thrown = QString::fromUtf8(exception.what());
    } catch (...) {
        outcome->thrown = QStringLiteral("something that is not a std::exception");
    }
    outcome->finished = true;
    if (outcome->loop)
        outcome->loop->quit();
}

// Turns the loop, and returns the longest time in which it did not turn.
milliseconds turn(QEventLoop &loop, milliseconds timeout)
{
    milliseconds longest{0};
    QElapsedTimer sinceTurn;
    QTimer pulse;
    QObject::connect(&pulse, &QTimer::timeout, &loop,
                     [&] { longest = std::max(longest, milliseconds(sinceTurn.restart())); });
    QTimer::singleShot(timeout, &loop, &QEventLoop::quit);
    pulse.start(milliseconds(10));
    sinceTurn.start();
    loop.exec();
    return std::max(longest, milliseconds(sinceTurn.elapsed()));
}

} // namespace

CoroutineRun runCoroutine(StartCoroutine start, CoroutineLimits limits)
{
    CoroutineRun run;
    QEventLoop loop;
    const auto outcome = std::make_shared<Outcome>();
    outcome->loop = &loop;
    const QCoro::Task<> task = watch(std::make_shared<StartCoroutine>(std::move(start)), outcome);
    run.suspended = !outcome->finished;
    if (run.suspended)
        run.longestStall = turn(loop, limits.timeout);

    if (!outcome->finished)
        run.trouble = QStringLiteral("the coroutine did not finish within %1 ms").arg(limits.timeout.count());
    else if (!outcome->thrown.isNull())
        run.trouble = QStringLiteral("the coroutine threw: %1").arg(outcome->thrown);
    else if (run.longestStall > limits.stall)
        run.trouble = QStringLiteral("the event loop stood still for %1 ms").arg(run.longestStall.count());
    return run;
}

} // namespace drover::testing
