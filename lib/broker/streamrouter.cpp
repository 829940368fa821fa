// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/streamrouter.h"

namespace drover {

bool StreamRouter::isOver(const TaskId &id) const
{
    const LiveTask *task = m_desk.find(id);
    return !task || task->isEnded();
}

void StreamRouter::handle(SessionId from, const StreamOpen &message)
{
    const auto old = m_readers.find(message.id);
    if (old != m_readers.end()) {
        if (old->source)
            m_desk.effects.send(old->source, StreamClose{message.id});
        finish(old, false);
    }
    Reader reader;
    reader.session = from;
    reader.fromSeq = message.fromSeq;
    reader.credit = message.credit;
    const auto it = m_readers.insert(message.id, reader);
    const LiveTask *task = m_desk.find(message.id);
    if (!task)
        lookUp(from, message.id);
    else if (task->worker)
        connectSource(message.id, *it, task->worker->session, task->delivery().attempt);
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
    const bool sameAttempt = reader.attempt == attempt;
    const quint64 from = sameAttempt && reader.lastSeq ? reader.lastSeq + 1 : reader.attempt ? 0 : reader.fromSeq;
    reader.source = source;
    reader.attempt = attempt;
    reader.fromSeq = from;
    reader.base = reader.used;
    reader.drained = false;
    reader.opened = source && reader.credit > reader.used;
    if (!sameAttempt)
        reader.lastSeq = 0;
    if (reader.opened)
        m_desk.effects.send(source, StreamOpen{id, from, reader.credit - reader.used});
}

void StreamRouter::assigned(SessionId session, Assign &assign)
{
    const auto it = m_readers.find(assign.id);
    if (it == m_readers.end())
        return;
    it->fromSeq = it->attempt ? 0 : it->fromSeq;
    it->source = session;
    it->attempt = assign.token.attempt;
    it->base = it->used;
    it->lastSeq = 0;
    it->drained = false;
    assign.streamFrom = it->fromSeq;
    assign.streamCredit = it->credit - qMin(it->credit, it->used);
    it->opened = assign.streamCredit > 0;
}

void StreamRouter::adopted(const LiveTask &task)
{
    const auto it = m_readers.find(task.id());
    if (it != m_readers.end())
        connectSource(task.id(), *it, task.worker->session, task.delivery().attempt);
}

void StreamRouter::handle(SessionId from, const StreamCredit &message)
{
    const auto it = m_readers.find(message.id);
    if (it == m_readers.end() || it->session != from || message.credit <= it->credit)
        return;
    it->credit = message.credit;
    if (!it->source)
        return;
    if (it->opened) {
        m_desk.effects.send(it->source, StreamCredit{message.id, it->credit - it->base});
    } else if (it->credit > it->used) {
        it->opened = true;
        m_desk.effects.send(it->source, StreamOpen{message.id, it->fromSeq, it->credit - it->base});
    }
}

void StreamRouter::handle(SessionId from, const StreamClose &message)
{
    const auto it = m_readers.find(message.id);
    if (it == m_readers.end() || it->session != from)
        return;
    if (it->source)
        m_desk.effects.send(it->source, message);
    m_readers.erase(it);
}

void StreamRouter::handle(SessionId from, const StreamItems &message)
{
    const auto it = m_readers.find(message.id);
    if (it == m_readers.end() || it->source != from || it->attempt != message.attempt)
        return;
    for (const StreamItem &item : message.items) {
        it->used += quint64(item.data.size());
        it->lastSeq = qMax(it->lastSeq, item.seq);
    }
    it->drained |= message.end;
    const bool end = it->drained && isOver(message.id);
    if (!message.items.isEmpty() || end)
        m_desk.effects.send(it->session, StreamItems{message.id, message.attempt, message.items, end});
    if (end)
        m_readers.erase(it);
}

void StreamRouter::ended(const LiveTask &task)
{
    const auto it = m_readers.find(task.id());
    if (it == m_readers.end())
        return;
    const Ending &ending = *task.ending;
    if (it->source == 0 && it->attempt == 0 && ending.attempt && task.delivery().lease) {
        if (Worker *worker = m_desk.workers.find(task.delivery().lease->worker); worker && worker->session) {
            connectSource(task.id(), *it, worker->session, ending.attempt);
            return;
        }
    }
    if (!it->source || it->drained)
        finish(it, !it->source && ending.attempt);
}

void StreamRouter::finish(Readers::iterator it, bool lost)
{
    StreamItems last{it.key(), it->attempt, {}, true};
    if (lost)
        last.items.append(StreamItem{it->lastSeq + 1, StreamItem::Lost, QByteArrayLiteral("0")});
    m_desk.effects.send(it->session, std::move(last));
    m_readers.erase(it);
}

void StreamRouter::disconnected(SessionId session)
{
    for (auto it = m_readers.begin(); it != m_readers.end();) {
        const auto current = it++;
        if (current->session == session) {
            if (current->source)
                m_desk.effects.send(current->source, StreamClose{current.key()});
            it = m_readers.erase(current);
        } else if (current->source == session) {
            current->source = 0;
            current->opened = false;
            if (isOver(current.key())) {
                m_desk.effects.send(
                    current->session,
                    StreamItems{current.key(),
                                current->attempt,
                                {StreamItem{current->lastSeq + 1, StreamItem::Lost, QByteArrayLiteral("0")}},
                                true});
                it = m_readers.erase(current);
            }
        }
    }
}

} // namespace drover
