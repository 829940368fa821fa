// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "manualcaller.h"
#include "testing/coroutine.h"
#include "testing/main.h"

using namespace drover;

namespace {

constexpr Function<int(int)> twice{"lab.twice", arg("x")};

//! A coroutine that can be destroyed while it waits, as QCoro's cannot.
struct Fragile
{
    struct promise_type
    {
        Fragile get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
};

Fragile awaitInto(Submitted<int> submitted, int *told)
{
    const Result<int> result = co_await submitted;
    *told += result ? *result : 1000;
}

Fragile awaitDropping(Submitted<int> submitted, int *told)
{
    const Result<int> result = co_await submitted.cancelOnDrop();
    *told += result ? *result : 1000;
}

QCoro::Task<> awaitThenDrop(std::shared_ptr<ManualCaller> caller, std::weak_ptr<ManualCaller> *watch, int *told)
{
    *watch = caller;
    const Submitted<int> submitted = caller->submit(twice, 1);
    caller.reset();
    const Result<int> result = co_await submitted;
    *told += *result;
}

} // namespace

class TestSubmitted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalAwaitersAreEachResumedOnce();
    void anAwaiterIsResumedByWhatCameBefore();
    void aDestroyedCoroutineLeavesTheWaiters();
    void aWaiterThatIsToldMayDestroyTheOthers();
    void theFirstOutcomeCounts();
    void aProvisionalResultSettlesLater();
    void acceptanceIsAwaitedApart();
    void aRefusedSubmitIsFinished();
    void abandonedTasksTellEveryone();
    void thenRunsFromTheEventLoop();
    void thenIsNotCalledWhenTheContextIsGone();
    void cancelAsksOnceUntilFinished();
    void cancelOnDropAsksWhenDroppedUnfinished();
    void aDestroyedCoroutineCancelsOnDrop();
    void theCallerMayGoBeforeTheTask();
    void aResultOfAnotherTypeIsAnError();
};

void TestSubmitted::severalAwaitersAreEachResumedOnce()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    int told = 0;
    QList<Fragile> coroutines;
    for (int i = 0; i < 5; ++i)
        coroutines.append(awaitInto(submitted, &told));
    QCOMPARE(told, 0);
    caller.finish(0, 3);
    QCOMPARE(told, 15);
    caller.finish(0, 4);
    QCOMPARE(told, 15);
    for (const Fragile &coroutine : coroutines)
        coroutine.handle.destroy();
}

void TestSubmitted::anAwaiterIsResumedByWhatCameBefore()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    caller.finish(0, 3);
    int told = 0;
    awaitInto(submitted, &told).handle.destroy();
    QCOMPARE(told, 3);
    QCOMPARE(submitted.result(), Result<int>(3));
}

void TestSubmitted::aDestroyedCoroutineLeavesTheWaiters()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    int told = 0;
    const Fragile first = awaitInto(submitted, &told);
    const Fragile middle = awaitInto(submitted, &told);
    const Fragile last = awaitInto(submitted, &told);
    middle.handle.destroy();
    last.handle.destroy();
    caller.finish(0, 3);
    QCOMPARE(told, 3);
    first.handle.destroy();
}

void TestSubmitted::aWaiterThatIsToldMayDestroyTheOthers()
{
    auto caller = std::make_unique<ManualCaller>();
    std::optional<Submitted<int>> submitted = caller->submit(twice, 1);
    int told = 0;
    std::vector<Fragile> others;
    submitted->task()->onFinished([&](const Outcome &) {
        for (const Fragile &other : others)
            other.handle.destroy();
        submitted.reset();
        caller.reset();
    });
    others = {awaitInto(*submitted, &told), awaitInto(*submitted, &told)};
    PendingTask *const task = submitted->task().get();
    task->complete(Payload::cbor(*encodeValue(1)), true);
    QCOMPARE(told, 0);
    QVERIFY(!caller);
}

void TestSubmitted::theFirstOutcomeCounts()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    caller.finish(0, 3);
    caller.finish(0, 4);
    caller.tasks.first()->abandon(Error(ErrorCode::ClientClosed, QStringLiteral("closed")));
    QCOMPARE(submitted.result(), Result<int>(3));
}

void TestSubmitted::aProvisionalResultSettlesLater()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    QVERIFY(!submitted.isFinished());
    QCOMPARE(submitted.result().error().code(), ErrorCode::Unavailable);
    caller.tasks.first()->complete(Payload::cbor(*encodeValue(3)), false);
    QVERIFY(submitted.isFinished());
    QVERIFY(!submitted.isSettled());
    QVERIFY(!caller.tasks.first()->isAccepted());
    caller.tasks.first()->settle();
    QVERIFY(submitted.isSettled());
    QVERIFY(caller.tasks.first()->isAccepted());
}

void TestSubmitted::acceptanceIsAwaitedApart()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    bool durable = false;
    const auto run = [](Submitted<int> task, bool *told) -> QCoro::Task<> {
        *told = (co_await task.accepted()).has_value();
    };
    run(submitted, &durable);
    QVERIFY(!durable);
    caller.tasks.first()->accept();
    QVERIFY(durable);
    QVERIFY(!submitted.isFinished());
}

void TestSubmitted::aRefusedSubmitIsFinished()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    caller.tasks.first()->accept(fail(ErrorCode::Conflict, QStringLiteral("same id")));
    QVERIFY(submitted.isSettled());
    QCOMPARE(submitted.result().error().code(), ErrorCode::Conflict);
}

void TestSubmitted::abandonedTasksTellEveryone()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    int told = 0;
    bool refused = false;
    const Fragile waits = awaitInto(submitted, &told);
    const auto run = [](Submitted<int> task, bool *out) -> QCoro::Task<> {
        *out = (co_await task.accepted()).error().code() == ErrorCode::ClientClosed;
    };
    run(submitted, &refused);
    caller.tasks.first()->abandon(Error(ErrorCode::ClientClosed, QStringLiteral("closed")));
    QCOMPARE(told, 1000);
    QVERIFY(refused);
    QVERIFY(!submitted.isSettled());
    waits.handle.destroy();
}

void TestSubmitted::thenRunsFromTheEventLoop()
{
    ManualCaller caller;
    QObject context;
    QList<int> results;
    const Submitted<int> submitted = caller.submit(twice, 1);
    submitted.then(&context, [&](Result<int> result) { results.append(*result); });
    caller.finish(0, 3);
    submitted.then(&context, [&](const Result<int> &result) { results.append(*result + 1); });
    QCOMPARE(results, QList<int>());
    QTRY_COMPARE(results, (QList<int>{3, 4}));
}

void TestSubmitted::thenIsNotCalledWhenTheContextIsGone()
{
    ManualCaller caller;
    bool called = false;
    const auto call = [&](Result<int>) { called = true; };
    auto before = std::make_unique<QObject>();
    auto between = std::make_unique<QObject>();
    caller.call(twice, 1).then(before.get(), call);
    caller.call(twice, 1).then(between.get(), call);
    before.reset();
    caller.finish(0, 3);
    caller.finish(1, 3);
    between.reset();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestSubmitted::cancelAsksOnceUntilFinished()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    submitted.cancel();
    QCOMPARE(caller.cancelled, QList<TaskId>{submitted.id()});
    caller.finish(0, 3);
    submitted.cancel();
    QCOMPARE(caller.cancelled.size(), 1);
}

void TestSubmitted::cancelOnDropAsksWhenDroppedUnfinished()
{
    ManualCaller caller;
    (void)caller.call(twice, 1);
    QCOMPARE(caller.cancelled.size(), 0);
    {
        CancelOnDrop<int> kept = caller.call(twice, 1).cancelOnDrop();
        CancelOnDrop<int> moved(std::move(kept));
        QCOMPARE(caller.cancelled.size(), 0);
        moved = caller.call(twice, 2).cancelOnDrop();
        QCOMPARE(caller.cancelled.size(), 1);
        caller.finish(2, 4);
    }
    QCOMPARE(caller.cancelled, QList<TaskId>{caller.sent.at(1).id});
}

void TestSubmitted::aDestroyedCoroutineCancelsOnDrop()
{
    ManualCaller caller;
    int told = 0;
    const Fragile coroutine = awaitDropping(caller.submit(twice, 1), &told);
    QCOMPARE(caller.cancelled.size(), 0);
    coroutine.handle.destroy();
    QCOMPARE(caller.cancelled.size(), 1);
    caller.finish(0, 3);
    QCOMPARE(told, 0);
}

void TestSubmitted::theCallerMayGoBeforeTheTask()
{
    auto caller = std::make_shared<ManualCaller>();
    std::weak_ptr<ManualCaller> watch;
    int told = 0;
    awaitThenDrop(caller, &watch, &told);
    const std::shared_ptr<PendingTask> task = caller->tasks.first();
    caller.reset();
    QVERIFY(watch.expired());
    task->cancelRequested = {};
    task->complete(Payload::cbor(*encodeValue(6)), true);
    QCOMPARE(told, 6);
}

void TestSubmitted::aResultOfAnotherTypeIsAnError()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(twice, 1);
    caller.finish(0, QStringLiteral("x"));
    QCOMPARE(submitted.result().error().code(), ErrorCode::ProtocolError);
    QCOMPARE(submitted.result().error().message(), QStringLiteral("The result does not fit: expected int, got \"x\"."));
}

DROVER_TEST_MAIN(TestSubmitted)
#include "tst_submitted.moc"
