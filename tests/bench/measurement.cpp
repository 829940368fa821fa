// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "measurement.h"

#include "lab.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>

using namespace drover;

QCoro::Task<QJsonObject> Measurement::run(int count, int calls)
{
    co_await workerHere();
    (void)co_await throughput(count / 10);
    const double rate = co_await throughput(count);
    QJsonObject result = co_await latency(calls);
    result.insert(QStringLiteral("tasks"), count);
    result.insert(QStringLiteral("tasksPerSecond"), qRound64(rate));
    co_return result;
}

//! The first call waits until the worker has been found.
QCoro::Task<> Measurement::workerHere()
{
    const Result<int> sum = co_await m_client.call(lab::add, 1, 1);
    if (!sum)
        m_failure = sum.error().message();
}

QCoro::Task<double> Measurement::throughput(int count)
{
    QElapsedTimer time;
    time.start();
    m_left = count;
    m_allDone = {};
    for (int i = 0; i < count; ++i)
        await(m_client.submit(lab::add, i, 1));
    (void)co_await m_allDone;
    co_return count / (double(time.nsecsElapsed()) / 1e9);
}

QCoro::Task<> Measurement::await(Submitted<int> task)
{
    const Result<int> sum = co_await task;
    if (!sum)
        m_failure = sum.error().message();
    if (--m_left == 0)
        m_allDone.sink()({});
}

QCoro::Task<QJsonObject> Measurement::latency(int calls)
{
    std::vector<double> times;
    for (int i = 0; i < calls; ++i) {
        QElapsedTimer time;
        time.start();
        const Result<int> sum = co_await m_client.call(lab::add, i, 1);
        times.push_back(double(time.nsecsElapsed()) / 1e3);
        if (!sum)
            m_failure = sum.error().message();
    }
    std::ranges::sort(times);
    co_return QJsonObject{{QStringLiteral("calls"), calls},
                          {QStringLiteral("p50us"), qRound64(times[times.size() / 2])},
                          {QStringLiteral("p99us"), qRound64(times[times.size() * 99 / 100])}};
}
