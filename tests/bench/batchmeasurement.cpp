// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "batchmeasurement.h"

#include "heap.h"
#include "lab.h"
#include "onlooker.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <ranges>

using namespace drover;

namespace {

auto numbers(int count)
{
    return std::views::iota(0, count) | std::views::transform([](int i) { return std::pair(i, 1); });
}

double seconds(const QElapsedTimer &time)
{
    return double(time.nsecsElapsed()) / 1e9;
}

} // namespace

//! Pages, tables and buffers that the first tasks need anyway.
QCoro::Task<> BatchMeasurement::warmUp()
{
    const auto batch = m_client.map(lab::add, numbers(10'000));
    const Result<void> accepted = co_await batch.accepted();
    if (!accepted)
        m_failure = accepted.error().message();
    (void)co_await batch.cancel();
    (void)co_await batch.all();
}

QCoro::Task<QJsonObject> BatchMeasurement::run(int count)
{
    co_await warmUp();
    const qint64 before = usedHeap();
    qint64 most = before;
    QTimer sampler;
    QObject::connect(&sampler, &QTimer::timeout, &sampler, [&most] { most = std::max(most, usedHeap()); });
    sampler.start(1);
    QElapsedTimer time;
    time.start();
    const auto batch = m_client.map(lab::add, numbers(count), MapOptions().name(QStringLiteral("bench")));
    const Result<void> accepted = co_await batch.accepted();
    if (!accepted)
        m_failure = accepted.error().message();
    QJsonObject result{{QStringLiteral("items"), count}, {QStringLiteral("secondsToSubmit"), seconds(time)}};
    const auto insert = [&](const char *name, qint64 heap) {
        result.insert(QLatin1String(name), double(heap - before) / count);
    };
    insert("bytesPerTaskWaiting", usedHeap());
    Onlooker onlooker(batch);
    if (!m_startWorker())
        m_failure = QStringLiteral("no worker");
    result.insert(QStringLiteral("secondsToRun"), co_await drain(batch, count));
    sampler.stop();
    insert("bytesPerTaskAtTheEnd", usedHeap());
    insert("bytesPerTaskAtMost", most);
    result.insert(QStringLiteral("elsewhere"), onlooker.compared());
    co_return result;
}

//! Reads all results; seconds from the first one on.
QCoro::Task<double> BatchMeasurement::drain(Batch<int> batch, int count)
{
    QElapsedTimer time;
    int done = 0;
    while (const auto item = co_await batch.next()) {
        if (!item->result)
            m_failure = item->result.error().message();
        if (++done == 1)
            time.start();
    }
    if (done != count)
        m_failure = QStringLiteral("%1 results of %2").arg(done).arg(count);
    co_return seconds(time);
}

QCoro::Task<double> BatchMeasurement::rerun(int count)
{
    QElapsedTimer time;
    time.start();
    const auto batch = m_client.map(lab::add, numbers(count));
    const Result<QList<Result<int>>> all = co_await batch.all();
    check(all, count);
    co_return seconds(time);
}

void BatchMeasurement::check(const Result<QList<Result<int>>> &all, int count)
{
    if (!all) {
        m_failure = all.error().message();
        return;
    }
    if (all->size() != count)
        m_failure = QStringLiteral("%1 results of %2").arg(all->size()).arg(count);
    for (int i = 0; i < all->size(); ++i) {
        if (all->at(i).value_or(-1) != i + 1)
            m_failure = QStringLiteral("item %1 is wrong").arg(i);
    }
}
