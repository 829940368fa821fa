// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT
#include "lab.h"
#include <task/plugin.h>
#include <task/registry.h>

#include <QtCore/QtMath>

static QCoro::Task<qint64> fib(drover::Context &context, int n)
{
    if (n < 2)
        co_return qint64(n);
    const auto one = context.submit(lab::fib, n - 1); // both at the same time, perhaps on other machines
    const auto two = context.submit(lab::fib, n - 2);
    co_return (co_await one).value() + (co_await two).value();
}

static void addFunctions(drover::Registry &registry)
{
    registry.add(lab::add, [](int x, int y) { return x + y; });
    registry.add(lab::power, [](int a, int b) { return qRound(qPow(a, b)); });
    registry.add(lab::join, [](const QStringList &words, const QString &separator) { return words.join(separator); });
    registry.add(lab::fib, fib);
}
DROVER_PLUGIN(addFunctions)
