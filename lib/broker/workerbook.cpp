// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/workerbook.h"

#include <algorithm>

namespace drover {

quint32 Worker::busy() const
{
    return quint32(std::count_if(leases.begin(), leases.end(), [](const LiveTask *task) { return !task->blocked; }));
}

bool Worker::fits(const TaskClass &taskClass) const
{
    if (m_fits.size() <= taskClass.number)
        m_fits.resize(taskClass.number + 1);
    Fit &fit = m_fits[taskClass.number];
    if (fit.serial != taskClass.serial)
        fit = {taskClass.serial, judge(taskClass)};
    return fit.fits && (!taskClass.suspect || suspects == 0 || DROVER_FAULT(SuspectsMeet));
}

bool Worker::judge(const TaskClass &taskClass) const
{
    const auto offered = hashes.constFind(taskClass.function);
    if (offered == hashes.cend() || (taskClass.hash && !offered->contains(taskClass.hash)))
        return false;
    return std::includes(tags.begin(), tags.end(), taskClass.tags.begin(), taskClass.tags.end());
}

void Worker::offer(quint32 count, QStringList newTags, QList<Signature> newFunctions)
{
    slots = count;
    tags = std::move(newTags);
    tags.sort();
    functions = std::move(newFunctions);
    hashes.clear();
    for (const Signature &signature : std::as_const(functions))
        hashes[signature.function()].append(signature.hash());
    m_fits.clear();
}

Worker *WorkerBook::find(const QByteArray &fingerprint)
{
    const auto it = m_workers.find(fingerprint);
    return it == m_workers.end() ? nullptr : &it->second;
}

void WorkerBook::remove(const QByteArray &fingerprint)
{
    m_workers.erase(fingerprint);
    touch();
}

// One that waits for its children runs nothing, and may be what a suspect child waits for.
static bool isRunningSuspect(const LiveTask &task)
{
    return task.taskClass->suspect && !task.blocked;
}

void WorkerBook::attach(LiveTask *task, Worker &worker, MonotonicTime now, Milliseconds leaseTime)
{
    task->worker = &worker;
    task->leaseIndex = worker.leases.size();
    task->leasedAt = now;
    worker.leases.push_back(task);
    worker.suspects += isRunningSuspect(*task);
    if (!worker.checkAt)
        worker.checkAt = now + leaseTime;
}

void WorkerBook::detach(LiveTask *task)
{
    std::vector<LiveTask *> &leases = task->worker->leases;
    leases[task->leaseIndex] = leases.back();
    leases[task->leaseIndex]->leaseIndex = task->leaseIndex;
    leases.pop_back();
    task->worker->suspects -= isRunningSuspect(*task);
    task->worker = nullptr;
}

void WorkerBook::setBlocked(LiveTask &task, bool blocked)
{
    task.worker->suspects -= isRunningSuspect(task);
    task.blocked = blocked;
    task.worker->suspects += isRunningSuspect(task);
}

bool WorkerBook::isMismatched(TaskClass &taskClass) const
{
    if (taskClass.hash == 0)
        return false;
    if (taskClass.judged == m_version)
        return taskClass.mismatched;
    bool named = false;
    bool fits = false;
    for (const auto &[fingerprint, worker] : m_workers) {
        const auto offered = worker.hashes.constFind(taskClass.function);
        named |= offered != worker.hashes.cend();
        fits |= offered != worker.hashes.cend() && (offered->contains(taskClass.hash));
    }
    taskClass.judged = m_version;
    return taskClass.mismatched = named && !fits;
}

const Signature *WorkerBook::signature(const QString &name) const
{
    for (const auto &[fingerprint, worker] : m_workers) {
        for (const Signature &signature : worker.functions) {
            if (signature.function() == name)
                return &signature;
        }
    }
    return nullptr;
}

} // namespace drover
