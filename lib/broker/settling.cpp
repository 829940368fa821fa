// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/settling.h"

#include "broker/taskview.h"

namespace drover {

void Settling::run(Desk &desk)
{
    Settling settling(desk);
    while (const auto entry = desk.afterCommit.take(desk.synced, desk.written))
        settling.carryOut(*entry);
    settling.sendParcels();
}

void Settling::send(Desk &desk, SessionId session, BrokerMessage message)
{
    const QueueDurability need = desk.effects.lastNeed();
    desk.whenDurable(need,
                     {.kind = AfterCommit::Kind::Message,
                      .session = session,
                      .message = std::make_shared<const BrokerMessage>(std::move(message))});
    if (desk.isDurable(need))
        run(desk);
}

void Settling::carryOut(const AfterCommit::Entry &entry)
{
    using Kind = AfterCommit::Kind;
    PeerSession *peer = entry.session ? m_desk.sessions.find(entry.session) : nullptr;
    if (!peer && entry.session)
        return;
    switch (entry.kind) {
    case Kind::Accept:
        --peer->unaccepted;
        accept(entry.session, entry.value);
        break;
    case Kind::Duplicate:
        --peer->unaccepted;
        m_desk.effects.send(entry.session, Duplicate{entry.value, entry.id, entry.existing});
        break;
    case Kind::CancelAnswer: m_desk.effects.send(entry.session, CancelAnswer{entry.value, entry.answer}); break;
    case Kind::RetryAnswer: m_desk.effects.send(entry.session, RetryAnswer{entry.value, true, entry.id, {}}); break;
    case Kind::Assign: m_desk.assignable.push_back({entry.id, entry.token}); break;
    case Kind::AckFinished: m_parcels[entry.session].acknowledged.leases.append(LeaseRef{entry.id, entry.token}); break;
    case Kind::Message: m_desk.effects.send(entry.session, BrokerMessage(*entry.message)); break;
    case Kind::Settle:
        if (LiveTask *task = m_desk.find(entry.id))
            settle(task);
        break;
    }
}

void Settling::accept(SessionId session, quint64 seq)
{
    QList<SeqRange> &ranges = m_parcels[session].accepted.ranges;
    if (!ranges.isEmpty() && ranges.last().last + 1 == seq)
        ranges.last().last = seq;
    else
        ranges.append(SeqRange{seq, seq});
}

void Settling::settle(LiveTask *task)
{
    if (const SessionId listener = m_desk.listenerOf(*task))
        m_parcels[listener].settled.ids.append(task->id());
    if (!m_desk.watches.isEmpty())
        tellWatchers(*task);
    if (task->stored.submission.item)
        countInBatch(*task);
    ++m_desk.finished;
    if (!task->changed)
        m_desk.changes.gone(task->id());
    m_desk.changes.queue(task->stored.lane.queue);
    m_desk.forget(task);
}

void Settling::tellWatchers(const LiveTask &task)
{
    for (const WatchBook::Watcher &watcher : m_desk.watches.of(task.id())) {
        if (watcher.changes)
            m_desk.effects.send(watcher.session, Changed{taskInfo(FinishedTask{task.stored, *task.ending})});
        if (watcher.result)
            m_desk.effects.send(watcher.session, taskResult(task.id(), *task.ending, true));
    }
    m_desk.watches.removeTask(task.id());
}

void Settling::countInBatch(const LiveTask &task)
{
    BatchBook::Entry *batch = m_desk.batches.ofItem(task.id(), task.stored.submission.item);
    if (!batch)
        return;
    batch->stored.noteEnded(task.ending->state, task.ending->finishedMs);
    m_desk.batches.changed(*batch);
    const SessionId listener = m_desk.listenerOf(task);
    for (const auto &[session, results] : batch->watchers) {
        if (results && session != listener)
            m_desk.effects.send(session, taskResult(task.id(), *task.ending, true));
    }
}

void Settling::sendParcels()
{
    for (auto &[session, parcel] : m_parcels) {
        if (!parcel.accepted.ranges.isEmpty())
            m_desk.effects.send(session, std::move(parcel.accepted));
        if (!parcel.settled.ids.isEmpty())
            m_desk.effects.send(session, std::move(parcel.settled));
        if (!parcel.acknowledged.leases.isEmpty())
            m_desk.effects.send(session, std::move(parcel.acknowledged));
    }
}

} // namespace drover
