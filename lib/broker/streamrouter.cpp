// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/streamrouter.h"

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 30s; // with a reader whose link is lost; the worker's is the same

StreamItem unknownLoss(quint64 next)
{
    return {qMax<quint64>(next, 1), StreamItem::Lost, QByteArrayLiteral("0")};
}

} // namespace

bool StreamRouter::isOver(const TaskId &id) const
{
    const LiveTask *task = m_desk.find(id);
    return !task || task->isEnded();
}

void StreamRouter::handle(SessionId from, const StreamOpen &message)
{
    forgetLost();
    std::optional<Reader> former;
    if (const auto old = m_readers.find(message.id); old != m_readers.end()) {
        former = *old;
        if (old->session && old->session != from && !old->told)
            m_desk.effects.send(old->session, StreamItems{message.id, old->attempt, {unknownLoss(old->next)}, true});
        m_readers.erase(old);
    }
    Reader reader;
    reader.session = from;
    reader.attempt = message.attempt;
    reader.next = message.fromSeq;
    reader.credit = message.credit;
    connect(message.id, *m_readers.insert(message.id, reader), former);
    if (!former || !former->source || !former->session)
        return;
    const auto now = m_readers.constFind(message.id);
    if (now == m_readers.cend() || !now->opened || now->source != former->source)
        m_desk.effects.send(former->source, StreamClose{message.id});
}

// The attempt that runs; else the last one, whose worker may still have what the former reader did not acknowledge.
void StreamRouter::connect(const TaskId &id, Reader &reader, const std::optional<Reader> &former)
{
    const LiveTask *task = m_desk.find(id);
    if (task && task->worker)
        connectSource(id, reader, task->worker->session, task->delivery().attempt);
    else if (isOver(id) && former && former->source)
        connectSource(id, reader, former->source, former->attempt);
    else if (!task)
        lookUp(reader.session, id);
    else if (task->isEnded())
        ended(*task);
}

// A task that is not in memory is on disk and goes on waiting, or is finished: then its stream is gone.
void StreamRouter::lookUp(SessionId session, const TaskId &id)
{
    m_desk.lookups.find(id, [this, session, id](const TaskFound &found) {
        const auto it = m_readers.find(id);
        if (it == m_readers.end() || it->session != session || it->source || m_desk.find(id)
            || std::holds_alternative<StoredTask>(found.task))
            return;
        if (std::holds_alternative<FinishedTask>(found.task)) {
            finish(it, true);
            return;
        }
        m_readers.erase(it);
        m_desk.effects.send(
            session,
            Unknown{id, Error(ErrorCode::NotFound, QStringLiteral("There is no task %1.").arg(id.toString()))});
    });
}

void StreamRouter::connectSource(const TaskId &id, Reader &reader, SessionId source, quint32 attempt)
{
    if (reader.attempt && reader.attempt != attempt)
        reader.next = 0;
    reader.source = source;
    reader.attempt = attempt;
    reader.base = reader.used;
    reader.drained = false;
    reader.opened = source && reader.credit > reader.used;
    if (reader.opened)
        m_desk.effects.send(source, StreamOpen{id, reader.next, reader.credit - reader.used, attempt});
}

void StreamRouter::assigned(SessionId session, Assign &assign)
{
    const auto it = m_readers.find(assign.id);
    if (it == m_readers.end())
        return;
    if (!it->session) {
        m_readers.erase(it); // it begins anew when it comes back
        return;
    }
    if (it->attempt && it->attempt != assign.token.attempt)
        it->next = 0;
    it->source = session;
    it->attempt = assign.token.attempt;
    it->base = it->used;
    it->drained = false;
    assign.streamFrom = it->next;
    assign.streamCredit = it->credit - qMin(it->credit, it->used);
    it->opened = assign.streamCredit > 0;
}

void StreamRouter::adopted(const LiveTask &task)
{
    const auto it = m_readers.find(task.id());
    if (it != m_readers.end() && it->session)
        connectSource(task.id(), *it, task.worker->session, task.delivery().attempt);
}

void StreamRouter::handle(SessionId from, const StreamCredit &message)
{
    const auto it = m_readers.find(message.id);
    if (it == m_readers.end() || it->session != from)
        return;
    it->credit = qMax(it->credit, message.credit);
    if (!it->source)
        return;
    if (it->opened) {
        const bool same = message.attempt == it->attempt;
        m_desk.effects.send(
            it->source,
            StreamCredit{message.id, it->credit - it->base, same ? it->attempt : 0, same ? message.read : 0});
    } else if (it->credit > it->used) {
        it->opened = true;
        m_desk.effects.send(it->source, StreamOpen{message.id, it->next, it->credit - it->base, it->attempt});
    }
    if (it->told && message.attempt == it->attempt && message.read >= it->next)
        m_readers.erase(it);
}

void StreamRouter::handle(SessionId from, const StreamClose &message)
{
    const auto it = m_readers.find(message.id);
    if (it != m_readers.end() && it->session == from)
        leave(it);
}

void StreamRouter::leave(Readers::iterator it)
{
    if (it->source)
        m_desk.effects.send(it->source, StreamClose{it.key()});
    m_readers.erase(it);
}

void StreamRouter::handle(SessionId from, const StreamItems &message)
{
    const auto it = m_readers.find(message.id);
    if (it == m_readers.end() || it->source != from || !it->session)
        return;
    if (message.attempt == 0 && message.end)
        return finish(it, true); // it has nothing of that task any more
    if (it->attempt != message.attempt)
        return;
    for (const StreamItem &item : message.items) {
        it->used += quint64(item.data.size());
        it->next = qMax(it->next, item.seq + 1);
    }
    it->drained |= message.end;
    const bool end = it->drained && isOver(message.id);
    if (!message.items.isEmpty() || end)
        m_desk.effects.send(it->session, StreamItems{message.id, message.attempt, message.items, end});
    it->told |= end;
}

void StreamRouter::ended(const LiveTask &task)
{
    const auto it = m_readers.find(task.id());
    if (it == m_readers.end() || !it->session)
        return;
    const Ending &ending = *task.ending;
    if (it->source == 0 && ending.attempt && task.delivery().lease) {
        if (Worker *worker = m_desk.workers.find(task.delivery().lease->worker); worker && worker->session) {
            connectSource(task.id(), *it, worker->session, ending.attempt);
            return;
        }
    }
    if (!it->source || it->drained)
        finish(it, !it->source && ending.attempt);
}

//! Tells the end. Who was given all of the last attempt is to acknowledge it, and can come back for it until then.
void StreamRouter::finish(Readers::iterator it, bool lost)
{
    if (tellEnd(it, lost))
        m_readers.erase(it);
}

//! True when the reader needs nothing more.
bool StreamRouter::tellEnd(Readers::iterator it, bool lost)
{
    StreamItems last{it.key(), it->attempt, {}, true};
    if (lost)
        last.items.append(unknownLoss(it->next));
    m_desk.effects.send(it->session, std::move(last));
    it->told = true;
    return lost || !it->drained;
}

void StreamRouter::disconnected(SessionId session)
{
    m_readers.removeIf([&](Readers::iterator it) {
        if (it->session == session) {
            it->session = 0;
            it->lostAt = m_desk.now.monotonic;
            if (it->source)
                m_desk.effects.send(it->source, StreamClose{it.key(), true});
            return !it->source;
        }
        if (it->source != session)
            return false;
        it->source = 0;
        it->opened = false;
        return it->told || !it->session || (isOver(it.key()) && tellEnd(it, true));
    });
    forgetLost();
}

void StreamRouter::forgetLost()
{
    m_readers.removeIf(
        [&](Readers::iterator it) { return !it->session && m_desk.now.monotonic - it->lostAt >= patience; });
}

} // namespace drover
