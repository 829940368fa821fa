// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "test.h"

#include "task/plugin.h"

#include <QCoro/QCoroTimer>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

using namespace drover;
using namespace std::chrono_literals;
using Moment = std::chrono::steady_clock;

namespace {

Result<int> stopped()
{
    return fail(Error(ErrorCode::Revoked, QStringLiteral("It was asked to stop.")).setReason(Reason::User));
}

QCoro::Task<Result<int>> sleep(Context &context, int ms)
{
    const auto end = Moment::now() + std::chrono::milliseconds(ms);
    while (Moment::now() < end) {
        if (context.isStopRequested())
            co_return stopped();
        co_await QCoro::sleepFor(2ms);
    }
    co_return Result<int>(ms);
}

Result<int> block(Context &context, int ms)
{
    const auto end = Moment::now() + std::chrono::milliseconds(ms);
    while (Moment::now() < end) {
        if (context.isStopRequested())
            return stopped();
        std::this_thread::sleep_for(2ms);
    }
    return ms;
}

int untilAsked(Context &context, int ms)
{
    const auto end = Moment::now() + std::chrono::milliseconds(ms);
    while (Moment::now() < end && !context.isStopRequested())
        std::this_thread::sleep_for(2ms);
    return int(context.stopReason());
}

int stubborn(int ms)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    return ms;
}

int emitItems(Context &context, int count)
{
    for (int i = 1; i <= count; ++i) {
        context.progress(i, count, QStringLiteral("step %1").arg(i));
        context.log(QStringLiteral("line %1").arg(i));
        context.emitValue(i);
    }
    return count;
}

int emitBytes(Context &context, int count, int size)
{
    for (int i = 0; i < count; ++i)
        context.emitValue(QByteArray(size, 'x'));
    return count;
}

int count(Context &context, int count, int pauseMs, int dieAfter)
{
    for (int i = 1; i <= count; ++i) {
        context.emitValue(i);
        std::this_thread::sleep_for(std::chrono::milliseconds(pauseMs));
        if (i == dieAfter && context.attempt() == 1)
            std::abort();
    }
    return count;
}

int emitAndStay(Context &context, int count, int size)
{
    emitBytes(context, count, size);
    while (!context.isStopRequested())
        std::this_thread::sleep_for(2ms);
    return count;
}

qint64 blockingFib(Context &context, int n)
{
    if (n < 2)
        return n;
    BlockingCaller &caller = context.blocking();
    const BlockingTask<qint64> one = caller.submit(0ms, test::blockingFib, n - 1);
    const BlockingTask<qint64> two = caller.submit(0ms, test::blockingFib, n - 2);
    return one.wait(60s).value() + two.wait(60s).value();
}

Result<int> blockingParent(Context &context, int ms)
{
    return context.blocking().call(Milliseconds::max(), test::sleep, ms);
}

int threads(Context &context, int count, int ms)
{
    std::atomic<int> well = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < count; ++i)
        all.emplace_back([&] { well += context.blocking().call(60s, test::sleep, ms).has_value(); });
    for (std::thread &thread : all)
        thread.join();
    return well;
}

int succeedAt(Context &context, int attempt)
{
    if (int(context.attempt()) < attempt)
        throw std::runtime_error("not yet");
    return int(context.attempt());
}

QCoro::Task<Result<int>> parent(Context &context, int ms, bool detached)
{
    const auto child = context.submit(test::sleep, ms, Options().detached(detached));
    context.emitValue(child.id().toString());
    co_return co_await child;
}

QCoro::Task<Result<int>> nest(Context &context, int levels)
{
    if (levels == 0)
        co_return Result<int>(0);
    const Result<int> below = co_await context.submit(test::nest, levels - 1);
    co_return below ? Result<int>(*below + 1) : below;
}

QCoro::Task<Result<int>> nestedEcho(Context &context, int size)
{
    const Result<QByteArray> bytes = co_await context.submit(test::echo, QByteArray(size, 'x'));
    co_return bytes ? Result<int>(int(bytes->size())) : Result<int>(fail(bytes.error()));
}

void addFunctions(Registry &registry)
{
    registry.add(test::noop, [] {});
    registry.add(test::echo, [](const QByteArray &bytes) { return bytes; });
    registry.add(test::raise, [](const QString &text) -> int { throw std::runtime_error(text.toStdString()); });
    registry.add(test::abort, [] { std::abort(); });
    registry.add(test::sleep, sleep);
    registry.add(test::block, block);
    registry.add(test::untilAsked, untilAsked);
    registry.add(test::stubborn, stubborn);
    registry.add(test::emitItems, emitItems);
    registry.add(test::emitBytes, emitBytes);
    registry.add(test::succeedAt, succeedAt);
    registry.add(test::count, count);
    registry.add(test::emitAndStay, emitAndStay);
    registry.add(test::blockingFib, blockingFib);
    registry.add(test::blockingParent, blockingParent);
    registry.add(test::threads, threads);
    registry.add(test::parent, parent);
    registry.add(test::nest, nest);
    registry.add(test::nestedEcho, nestedEcho);
    registry.addCodec(QStringLiteral("test.reverse"), test::reversed, test::reversed);
}

} // namespace

DROVER_PLUGIN(addFunctions)
