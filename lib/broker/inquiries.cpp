// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/inquiries.h"

#include "broker/taskview.h"

namespace drover {

TaskInfo Inquiries::describe(const LiveTask &task) const
{
    TaskInfo info = taskInfo(task);
    info.why = whyWaiting(m_desk, task);
    return info;
}

TaskInfo Inquiries::describe(const StoredTask &task) const
{
    TaskInfo info = taskInfo(task);
    info.why = whyWaiting(m_desk, task);
    return info;
}

void Inquiries::handle(SessionId from, const Watch &message)
{
    m_desk.watches.add(message.id, {from, true, message.result});
    if (const LiveTask *task = m_desk.find(message.id)) {
        m_desk.effects.send(from, Changed{describe(*task)});
        return;
    }
    m_desk.lookups.find(message.id, [this, from, message](const TaskFound &found) {
        if (const LiveTask *task = m_desk.find(message.id)) {
            m_desk.effects.send(from, Changed{describe(*task)});
        } else if (const auto *stored = std::get_if<StoredTask>(&found.task)) {
            m_desk.effects.send(from, Changed{describe(*stored)});
        } else if (const auto *finished = std::get_if<FinishedTask>(&found.task)) {
            m_desk.watches.remove(message.id, from);
            m_desk.effects.send(from, Changed{taskInfo(*finished)});
            if (message.result)
                m_desk.effects.send(from, storedResult(message.id, finished->ending, m_desk.now.wallMs));
        } else {
            m_desk.watches.remove(message.id, from);
            m_desk.effects.send(from, Unknown{message.id, notFound(message.id)});
        }
    });
}

void Inquiries::handle(SessionId from, const Unwatch &message)
{
    m_desk.watches.unwatch(message.id, from);
}

void Inquiries::handle(SessionId from, const ShowTask &message)
{
    const LiveTask *live = m_desk.find(message.id);
    if (live && live->delivery().attempt < 2) { // no attempt can be late
        m_desk.effects.send(from, ShowTaskAnswer{message.request, true, describe(*live), {}});
        return;
    }
    m_desk.lookups.find(message.id, [this, from, message](const TaskFound &found) {
        ShowTaskAnswer answer{message.request, true, {}, {}};
        if (const LiveTask *task = m_desk.find(message.id)) {
            answer.task = describe(*task);
        } else if (const auto *stored = std::get_if<StoredTask>(&found.task)) {
            answer.task = describe(*stored);
        } else if (const auto *finished = std::get_if<FinishedTask>(&found.task)) {
            answer.task = taskInfo(*finished);
        } else {
            answer.found = false;
            answer.error = notFound(message.id);
        }
        answer.task.orphans = found.orphans;
        m_desk.effects.send(from, std::move(answer));
    });
}

void Inquiries::list(SessionId from, const ListTasks &message, const QByteArray &owner)
{
    m_lists.insert(++m_lastList, {from, message});
    m_desk.effects.query(m_lastList, message.query, owner);
}

void Inquiries::listed(const TasksListed &reply)
{
    const List list = m_lists.take(reply.request);
    TaskList answer{list.question.request, {}, reply.page.more, reply.page.next, reply.error};
    for (const TaskInfo &stored : reply.page.tasks) {
        const LiveTask *task = m_desk.find(stored.id);
        TaskInfo info = task ? describe(*task) : stored;
        info.attempts.clear();
        if (!task || matches(list.question.query, info))
            answer.tasks.append(std::move(info));
    }
    m_desk.effects.send(list.from, std::move(answer));
}

void Inquiries::handle(SessionId from, const Describe &message)
{
    Functions answer{message.request, {}};
    for (const auto &[fingerprint, worker] : m_desk.workers.all()) {
        for (const Signature &signature : worker.session ? worker.functions : QList<Signature>()) {
            if (!message.function.isEmpty() && signature.function() != message.function)
                continue;
            const auto known = std::find_if(answer.offers.begin(), answer.offers.end(),
                                            [&](const FunctionOffer &offer) { return offer.signature == signature; });
            if (known == answer.offers.end())
                answer.offers.append(FunctionOffer{signature, 1});
            else
                ++known->workers;
        }
    }
    m_desk.effects.send(from, std::move(answer));
}

WorkerInfo Inquiries::describe(const Worker &worker) const
{
    WorkerInfo info;
    info.name = worker.name;
    info.fingerprint = QString::fromLatin1(worker.fingerprint.toHex());
    info.address = worker.address;
    info.incarnation = worker.incarnation;
    info.slots = worker.slots;
    info.busy = worker.busy();
    info.tags = worker.tags;
    for (const Signature &signature : worker.functions)
        info.functions.append(Signature(signature.function(), {}, {}));
    info.connected = worker.session != 0;
    info.sinceMs = worker.sinceMs;
    info.done = worker.done;
    return info;
}

QList<QueueInfo> Inquiries::queues() const
{
    std::map<QString, QueueInfo> byName;
    const auto info = [&](const QString &name) -> QueueInfo & {
        QueueInfo &info = byName[name];
        info.name = name;
        return info;
    };
    info(QStringLiteral("default"));
    for (const auto &[name, lanes] : m_desk.lanes.queues())
        info(name).pending = lanes.waiting + lanes.beyond;
    for (const auto &lane : m_desk.lanes.all()) {
        if (lane)
            info(lane->key().queue).running += lane->running;
    }
    QList<QueueInfo> list;
    for (auto &[name, queue] : byName) {
        const QueueSettings settings = m_desk.queues.value(name);
        queue.durability = m_desk.durabilityOf(name);
        queue.paused = settings.paused;
        queue.pausedBy = settings.pausedBy;
        queue.pausedWhy = settings.pausedWhy;
        queue.pausedMs = settings.pausedMs;
        queue.weight = settings.weight;
        list.append(queue);
    }
    return list;
}

} // namespace drover
