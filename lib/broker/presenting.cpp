// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/leasing.h"
#include "broker/taskview.h"
#include "support/fault.h"

#include <set>

namespace drover {

void Leasing::connected(SessionId session, const QByteArray &fingerprint, const QString &name, const QString &address,
                        const Id &incarnation)
{
    Worker &worker = m_desk.workers.worker(fingerprint);
    worker.fingerprint = fingerprint;
    worker.name = name;
    worker.address = address;
    if (PeerSession *older = m_desk.sessions.find(worker.session))
        older->worker = nullptr;
    if (worker.session) {
        m_desk.effects.close(worker.session,
                             Error(ErrorCode::Unavailable, QStringLiteral("The worker opened a newer session.")));
        withdrawUnsent(worker);
    }
    if (worker.incarnation != incarnation) {
        worker.incarnation = incarnation; // its offer says what it still has: results from its disk at most
        worker.done = 0;
    }
    worker.session = session;
    worker.offered = false;
    worker.granted = worker.assigned = 0;
    worker.demand = 0;
    worker.heard = m_desk.now.monotonic;
    worker.sinceMs = m_desk.now.wallMs;
    worker.checkAt =
        worker.leases.empty() ? std::nullopt : std::optional(m_desk.now.monotonic + m_desk.options.leaseTime);
    PeerSession &peer = m_desk.sessions.add(session);
    peer.owner = fingerprint;
    peer.name = name;
    peer.worker = &worker;
    m_desk.changes.worker(fingerprint);
}

void Leasing::disconnected(SessionId session, Worker &worker)
{
    if (worker.session != session)
        return;
    withdrawUnsent(worker);
    worker.session = 0;
    worker.offered = false;
    if (DROVER_FAULT(LostLinkEndsLease))
        loseAll(worker, QStringLiteral("The link to %1 was lost.").arg(worker.name));
    worker.sinceMs = m_desk.now.wallMs;
    // leases end when their own time is over; without any the worker is remembered for one lease time
    if (!worker.checkAt || worker.leases.empty())
        worker.checkAt = m_desk.now.monotonic + m_desk.options.leaseTime;
    m_desk.changes.worker(worker.fingerprint);
}

// A lease whose Assign waits for the disk goes with the session that it was to be sent over: no worker has heard of it.
void Leasing::withdrawUnsent(Worker &worker)
{
    worker.offered = false;
    const auto leases = worker.leases;
    for (LiveTask *task : leases) {
        if (task->unsent)
            m_states.giveBack(*task);
    }
}

void Leasing::died(Worker &worker)
{
    if (worker.session == 0) // else it is here on another link, perhaps started again
        loseAll(worker, QStringLiteral("The worker %1 is gone.").arg(worker.name));
}

void Leasing::loseAll(Worker &worker, const QString &why)
{
    const auto leases = worker.leases;
    for (LiveTask *task : leases)
        m_states.lose(*task, why);
}

void Leasing::handle(SessionId from, const Offer &message)
{
    Worker *worker = m_desk.workerOf(from);
    if (!worker)
        return;
    worker->offer(message.slots, message.tags, message.functions);
    worker->stopping = message.stopping;
    worker->heard = m_desk.now.monotonic;
    m_desk.workers.touch();
    m_desk.dispatchDue = true;
    m_desk.changes.worker(worker->fingerprint);
    if (worker->offered)
        return; // only the first one of a session presents leases: later ones may cross with assigns
    worker->offered = true;
    endUnpresented(*worker, message.held);
    for (const HeldLease &held : message.held)
        present(*worker, held);
}

void Leasing::endUnpresented(Worker &worker, const QList<HeldLease> &held)
{
    std::set<LeaseRef> presented; // of one task there may be several: an older one whose end is not acknowledged
    for (const HeldLease &lease : held)
        presented.insert({lease.id, lease.token});
    const auto leases = worker.leases;
    for (LiveTask *task : leases) {
        const LeaseRecord &lease = *task->delivery().lease;
        if (presented.contains({task->id(), lease.token}))
            continue;
        const QString why = lease.incarnation == worker.incarnation
            ? QStringLiteral("The worker %1 does not have the task any more.")
            : QStringLiteral("The worker %1 was started again.");
        m_states.lose(*task, why.arg(worker.name));
    }
}

void Leasing::present(Worker &worker, const HeldLease &held)
{
    if (LiveTask *task = m_desk.find(held.id)) {
        adopt(worker, *task, held);
        return;
    }
    m_desk.lookups.find(held.id, [this, held, session = worker.session](const TaskFound &found) {
        Worker *worker = m_desk.workerOf(session);
        if (!worker)
            return;
        LiveTask *task = m_desk.find(held.id);
        if (const auto *stored = std::get_if<StoredTask>(&found.task); stored && !task)
            task = &m_canceller.fetch(*stored);
        if (task)
            adopt(*worker, *task, held);
        else
            m_desk.effects.send(session, Stop{held.id, held.token, true});
    });
}

void Leasing::adopt(Worker &worker, LiveTask &task, const HeldLease &held)
{
    if (task.isEnded() || DROVER_FAULT(StopsWhoComesBack) || !isLast(task, worker, held.token)) {
        m_desk.effects.send(worker.session, Stop{held.id, held.token, true});
        return;
    }
    m_states.adopt(task, worker, held);
    resendResults(task, worker.session);
}

// What came for the attempt's children while the link was down.
void Leasing::resendResults(const LiveTask &parent, SessionId session)
{
    if (!parent.children)
        return;
    for (auto it = parent.children->cbegin(); it != parent.children->cend(); ++it) {
        const LiveTask *child = m_desk.find(it.key());
        if (it->asked != parent.delivery().lease->token)
            continue;
        if (child && child->isEnded() && !it->again)
            m_desk.effects.send(session, taskResult(it.key(), *child->ending, false));
        else if (child && it->again)
            m_desk.watches.add(it.key(), {session, false, true, true});
        else if (!child)
            m_desk.lookups.find(it.key(), [this, session, id = it.key()](const TaskFound &found) {
                if (const auto *finished = std::get_if<FinishedTask>(&found.task))
                    m_desk.effects.send(session, storedResult(id, finished->ending, m_desk.now.wallMs));
            });
    }
}

} // namespace drover
