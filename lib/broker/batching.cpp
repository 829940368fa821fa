// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/batching.h"

namespace drover {

namespace {

constexpr qsizetype longestName = 200;

Error noBatch(const TaskId &id)
{
    return Error(ErrorCode::NotFound, QStringLiteral("There is no batch %1.").arg(id.toString()));
}

} // namespace

bool Batching::reaches(SessionId from, const BatchBook::Entry &entry) const
{
    const PeerSession *peer = m_desk.sessions.find(from);
    return peer && (peer->everyTask || peer->owner == entry.stored.head.owner);
}

BatchBook::Entry *Batching::reachable(SessionId from, const TaskId &id) const
{
    BatchBook::Entry *entry = m_desk.batches.find(id);
    return entry && reaches(from, *entry) ? entry : nullptr;
}

void Batching::refuse(SessionId from, const TaskId &id, Error error)
{
    m_desk.effects.send(from, BatchChanged{id, false, {}, std::move(error)});
}

void Batching::handle(SessionId from, const BatchHead &message)
{
    const PeerSession *peer = m_desk.sessions.find(from);
    if (!peer)
        return;
    if (itemNumber(message.id) != 0 || message.id.isNull())
        return refuse(
            from, message.id,
            Error(ErrorCode::InvalidArgument, QStringLiteral("The id of a batch ends with four zero bytes.")));
    BatchBook::Entry *entry = m_desk.batches.find(message.id);
    if (entry && entry->stored.head.owner != peer->owner)
        return refuse(from, message.id, noBatch(message.id));
    BatchRecord head;
    if (entry)
        head = entry->stored.head;
    else
        head = {message.id, {}, peer->owner, peer->name, m_desk.now.wallMs};
    head.name = message.name.left(longestName);
    head.total = message.total;
    head.refused = message.refused;
    m_desk.noteBatch(head);
}

void Batching::handle(SessionId from, const WatchBatch &message)
{
    BatchBook::Entry *entry = reachable(from, message.id);
    if (!entry)
        return refuse(from, message.id, noBatch(message.id));
    entry->watchers[from] = message.results;
    m_desk.effects.send(from, BatchChanged{message.id, true, entry->info(), {}});
}

void Batching::handle(SessionId from, const UnwatchBatch &message)
{
    if (BatchBook::Entry *entry = m_desk.batches.find(message.id))
        entry->watchers.erase(from);
}

void Batching::handle(SessionId from, const CancelBatch &message)
{
    using Answer = CancelAnswer::Answer;
    BatchBook::Entry *entry = reachable(from, message.id);
    if (!entry) {
        m_desk.effects.send(from, CancelAnswer{message.request, Answer::NotFound});
        return;
    }
    if (entry->info().finished() && !entry->stored.head.cancelled) {
        answer(from, message.request, Answer::TooLate);
        return;
    }
    cancel(*entry);
    answer(from, message.request, entry->stored.isIdle() ? Answer::Done : Answer::Requested);
}

// What is on disk only is revoked as it is read.
void Batching::cancel(BatchBook::Entry &entry)
{
    if (entry.stored.head.cancelled)
        return;
    BatchRecord head = entry.stored.head;
    head.cancelled = true;
    m_desk.noteBatch(head);
    std::vector<TaskId> items;
    for (auto it = m_desk.tasks.cbegin(); it != m_desk.tasks.cend(); ++it) {
        if ((*it)->stored.submission.item && batchOf(it.key()) == head.id)
            items.push_back(it.key());
    }
    std::ranges::sort(items);
    for (const TaskId &id : items) {
        if (LiveTask *task = m_desk.find(id))
            m_states.cancel(*task);
    }
}

void Batching::answer(SessionId session, quint64 request, CancelAnswer::Answer answer)
{
    if (m_desk.isDurable(m_desk.effects.lastNeed())) {
        m_desk.effects.send(session, CancelAnswer{request, answer});
        return;
    }
    m_desk.whenDurable(
        m_desk.effects.lastNeed(),
        {.kind = AfterCommit::Kind::CancelAnswer, .answer = answer, .session = session, .value = request});
}

void Batching::publish()
{
    const QSet<TaskId> news = m_desk.batches.takeNews();
    for (const TaskId &id : news) {
        const BatchBook::Entry *entry = m_desk.batches.find(id);
        if (!entry)
            continue;
        for (const auto &[session, results] : entry->watchers)
            m_desk.effects.send(session, BatchChanged{id, true, entry->info(), {}});
    }
}

QList<BatchInfo> Batching::batches(SessionId reader) const
{
    QList<BatchInfo> list;
    for (const auto &[id, entry] : m_desk.batches.all()) {
        if (reaches(reader, entry))
            list.append(entry.info());
    }
    return list;
}

std::optional<BatchInfo> Batching::batch(SessionId reader, const TaskId &id) const
{
    const BatchBook::Entry *entry = reachable(reader, id);
    return entry ? std::optional(entry->info()) : std::nullopt;
}

} // namespace drover
