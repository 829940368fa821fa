// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/loopbackbatches.h"

#include <QtCore/QDateTime>

namespace drover {

namespace {

constexpr quint32 atOnce = 64;

Error unknownBatch(const TaskId &id)
{
    return Error(ErrorCode::NotFound, Backend::tr("There is no batch %1.").arg(id.toString()));
}

} // namespace

void LoopbackBatches::open(const std::shared_ptr<BatchCore> &core)
{
    if (core->isAttached())
        return attach(core);
    auto batch = std::make_shared<Known>();
    batch->info = core->info();
    batch->info.createdMs = QDateTime::currentMSecsSinceEpoch();
    batch->source = core;
    batch->cores.push_back(core);
    m_batches[core->id()] = batch;
    core->wake = [this, weak = std::weak_ptr<Known>(batch)] {
        if (const Entry locked = weak.lock())
            pumpSoon(locked);
    };
    pumpSoon(batch);
}

void LoopbackBatches::attach(const std::shared_ptr<BatchCore> &core)
{
    QMetaObject::invokeMethod(
        m_owner,
        [this, core] {
            const auto it = m_batches.find(core->id());
            if (it == m_batches.end())
                return core->abandon(unknownBatch(core->id()));
            const Entry batch = it->second;
            batch->cores.push_back(core);
            const std::weak_ptr<char> alive = m_alive;
            core->setInfo(infoOf(*batch));
            for (const auto &[number, task] : batch->tasks) {
                if (!alive.expired() && task->isFinished())
                    core->complete(number, task->outcome());
            }
        },
        Qt::QueuedConnection);
}

void LoopbackBatches::pumpSoon(const Entry &batch)
{
    QMetaObject::invokeMethod(
        m_owner, [this, batch] { pump(batch); }, Qt::QueuedConnection);
}

void LoopbackBatches::pump(const Entry &batch)
{
    const std::weak_ptr<char> alive = m_alive;
    while (batch->running < atOnce) {
        std::optional<Submission> submission = batch->source->take();
        if (alive.expired())
            return;
        if (!submission)
            break;
        run(batch, *std::move(submission));
    }
    tell(batch);
}

void LoopbackBatches::run(const Entry &batch, Submission submission)
{
    const quint32 number = submission.item;
    auto task = std::make_shared<PendingTask>(submission.id);
    batch->tasks[number] = task;
    ++batch->running;
    batch->source->accept(number);
    m_submit(task, std::move(submission));
    task->onFinished([this, batch, number](const Outcome &outcome) { ended(batch, number, outcome); });
}

void LoopbackBatches::ended(const Entry &batch, quint32 number, const Outcome &outcome)
{
    --batch->running;
    BatchInfo &info = batch->info;
    ++(outcome ? info.succeeded : outcome.error().code() == ErrorCode::Revoked ? info.revoked : info.failed);
    const std::weak_ptr<char> alive = m_alive;
    const auto cores = batch->cores;
    for (const auto &core : cores) {
        if (!alive.expired())
            core->complete(number, outcome);
    }
    if (!alive.expired())
        pumpSoon(batch);
}

BatchInfo LoopbackBatches::infoOf(const Known &batch)
{
    BatchInfo info = batch.info;
    info.total = batch.source->total();
    info.submitted = batch.source->read();
    info.failed += batch.source->refused();
    return info;
}

void LoopbackBatches::tell(const Entry &batch)
{
    const BatchInfo now = infoOf(*batch);
    const std::weak_ptr<char> alive = m_alive;
    const auto cores = batch->cores;
    for (const auto &core : cores) {
        if (!alive.expired())
            core->setInfo(now);
    }
}

Result<CancelOutcome> LoopbackBatches::cancel(const TaskId &id)
{
    const auto it = m_batches.find(id);
    if (it == m_batches.end())
        return fail(unknownBatch(id));
    const Entry batch = it->second;
    if (batch->source->isOver() && !batch->info.cancelled)
        return CancelOutcome::TooLate;
    batch->info.cancelled = true;
    const std::weak_ptr<char> alive = m_alive;
    const auto tasks = batch->tasks;
    for (const auto &[number, task] : tasks) {
        if (!alive.expired())
            task->cancel();
    }
    if (!alive.expired())
        tell(batch);
    return batch->running ? CancelOutcome::Requested : CancelOutcome::Done;
}

void LoopbackBatches::abandonAll(const Error &error)
{
    const auto batches = std::exchange(m_batches, {});
    for (const auto &[id, batch] : batches) {
        for (const auto &core : batch->cores) {
            core->wake = nullptr;
            core->backend = nullptr;
        }
    }
    for (const auto &[id, batch] : batches) {
        for (const auto &core : std::exchange(batch->cores, {}))
            core->abandon(error);
    }
}

} // namespace drover
