// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/desk.h"

#include <algorithm>

namespace drover {

Desk::Desk(SchedulerOptions options_)
    : options(options_), lanes(classes, effects, options.window), lookups(effects), m_random(options.seed)
{}

Desk::~Desk()
{
    qDeleteAll(tasks);
}

Worker *Desk::workerOf(SessionId session)
{
    PeerSession *peer = sessions.find(session);
    return peer && peer->worker && peer->worker->session == session ? peer->worker : nullptr;
}

LiveTask &Desk::admit(StoredTask stored)
{
    auto *task = new LiveTask;
    task->stored = std::move(stored);
    const Submission &submission = task->stored.submission;
    classify(*task);
    task->lane = &lanes.lane(task->stored.lane);
    tasks.insert(submission.id, task);
    if (submission.parent)
        addChild(*submission.parent, submission.id);
    return *task;
}

void Desk::classify(LiveTask &task)
{
    const Submission &submission = task.stored.submission;
    const bool suspect = task.delivery().blames > 0 && task.delivery().blames + 1 >= options.maxBlames;
    TaskClass *former = task.taskClass;
    task.taskClass = classes.find(submission.function, submission.signatureHash, submission.options.tags(), suspect);
    ++task.taskClass->users;
    if (former)
        classes.release(former);
}

Child *Desk::addChild(const Parent &asker, const TaskId &id)
{
    LiveTask *parent = find(asker.task);
    if (!parent)
        return nullptr;
    if (!parent->children)
        parent->children = std::make_unique<QHash<TaskId, Child>>();
    auto child = parent->children->find(id);
    if (child == parent->children->end())
        child = parent->children->insert(id, {Token{asker.epoch, asker.attempt}});
    return &*child;
}

void Desk::forget(LiveTask *task)
{
    if (const std::optional<Parent> &asker = task->stored.submission.parent) {
        if (Child *child = addChild(*asker, task->id()))
            child->settled = true;
    }
    task->lane->noteGone(task->id());
    tasks.remove(task->id());
    classes.release(task->taskClass);
    delete task;
}

void Desk::configure(const QueueSettings &settings)
{
    queues.insert(settings.name, settings);
    lanes.configure(settings);
    dispatchDue = true;
}

void Desk::noteBatch(const BatchRecord &head)
{
    BatchBook::Entry *entry = batches.find(head.id);
    if (entry && entry->stored.head == head)
        return;
    effects.record(BatchUpdated{head}, options.durability);
    if (entry)
        entry->stored.head = head;
    else
        entry = &batches.insert({head, 0, 0, 0, 0, head.createdMs});
    batches.changed(*entry);
}

SessionId Desk::listenerOf(const LiveTask &task) const
{
    const std::optional<Parent> &asker = task.stored.submission.parent;
    if (!asker)
        return sessions.sessionOf(task.stored.client);
    const LiveTask *parent = find(asker->task);
    if (!parent || !parent->worker || !parent->children)
        return 0;
    const auto child = parent->children->constFind(task.id());
    const bool asked =
        child != parent->children->cend() && !child->again && child->asked == parent->delivery().lease->token;
    return asked ? parent->worker->session : 0;
}

QueueDurability Desk::durabilityOf(const QString &queue) const
{
    if (queues.isEmpty())
        return options.durability;
    const QueueDurability own = queues.value(queue).durability;
    return own == QueueDurability::Default ? options.durability : own;
}

bool Desk::isDurable(QueueDurability need) const
{
    return (need == QueueDurability::Disk ? synced : written) >= effects.number(need);
}

MonotonicTime Desk::in(qint64 wallMs, Milliseconds longest) const
{
    return now.monotonic + std::clamp(Milliseconds(wallMs - now.wallMs), Milliseconds(0), longest);
}

double Desk::chance()
{
    // splitmix64
    m_random += 0x9e3779b97f4a7c15u;
    quint64 bits = m_random;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return double((bits ^ (bits >> 31)) >> 11) / double(quint64(1) << 53);
}

} // namespace drover
