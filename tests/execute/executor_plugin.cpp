// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorfunctions.h"

#include "task/plugin.h"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

using namespace drover;

namespace {

QCoro::Task<int> awaitTwo(Context &context, int x)
{
    auto first = context.submit(testing::add, x, 1);
    auto second = context.submit(testing::add, x, 2);
    const Result<int> a = co_await first;
    const Result<int> b = co_await second;
    co_return a.value() + b.value();
}

void waitUntilStopped(Context &context)
{
    context.log("waiting");
    while (!context.isStopRequested())
        std::this_thread::yield();
    throw std::runtime_error("stopped");
}

void enter(Registry &registry)
{
    registry.add(testing::add, [](int a, int b) { return a + b; });
    registry.add(testing::fails, [] { throw std::runtime_error("it went wrong"); });
    registry.add(testing::aborts, [] { std::abort(); });
    registry.add(testing::noise, [] {
        std::puts("garbage for the pipe");
        std::fflush(stdout);
    });
    registry.add(testing::waitForStop, waitUntilStopped);
    registry.add(testing::hang, [](Context &context) {
        context.log("hanging");
        for (;;)
            std::this_thread::sleep_for(std::chrono::hours(1));
    });
    registry.add(testing::parent, awaitTwo);
    registry.add(testing::items, [](Context &context) {
        context.progress(1, 2, QStringLiteral("half"));
        context.log("a line");
        context.emitValue(7);
    });
}

} // namespace

DROVER_PLUGIN(enter)
