// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/leasing.h"

#include "broker/settling.h"
#include "support/fault.h"

namespace drover {

LiveTask *Leasing::held(SessionId from, const TaskId &id, const Token &token)
{
    LiveTask *task = m_desk.find(id);
    const bool isHeld = task && task->worker && task->worker->session == from && task->delivery().lease->token == token;
    return isHeld ? task : nullptr;
}

void Leasing::handle(SessionId from, const Grant &message)
{
    if (Worker *worker = m_desk.workerOf(from)) {
        worker->granted = message.assigns; // it shrinks when a slot goes elsewhere
        m_desk.dispatchDue = true;
    }
}

void Leasing::handle(SessionId from, const Started &message)
{
    if (LiveTask *task = held(from, message.id, message.token))
        m_states.started(*task);
}

void Leasing::handle(SessionId from, const Returned &message)
{
    LiveTask *task = held(from, message.id, message.token);
    if (!task)
        return;
    if (message.why == Returned::Why::Depth) {
        m_states.fail(
            *task,
            Error(Reason::Rejected,
                  QStringLiteral("The task is nested deeper than the worker %1 allows.").arg(task->worker->name)),
            false);
        return;
    }
    m_states.giveBack(*task);
}

void Leasing::handle(SessionId from, const Renew &message)
{
    Worker *worker = m_desk.workerOf(from);
    if (!worker)
        return;
    worker->heard = m_desk.now.monotonic;
    if (worker->checkAt)
        worker->checkAt = m_desk.now.monotonic + m_desk.options.leaseTime;
    m_desk.effects.send(from, Renewed{message.number});
}

void Leasing::handle(SessionId from, const Blocked &message)
{
    if (LiveTask *task = held(from, message.id, message.token)) {
        m_desk.workers.setBlocked(*task, true);
        m_desk.dispatchDue |= task->taskClass->suspect; // another one may go there now
    }
}

void Leasing::handle(SessionId from, const Resumed &message)
{
    if (LiveTask *task = held(from, message.id, message.token))
        m_desk.workers.setBlocked(*task, false);
}

void Leasing::handle(SessionId from, const Suspended &message)
{
    if (LiveTask *task = held(from, message.id, message.token))
        m_states.suspended(*task, message.on, message.error.message());
}

void Leasing::handle(SessionId from, const Finished &message)
{
    Worker *worker = m_desk.workerOf(from);
    if (!worker)
        return;
    if (LiveTask *task = m_desk.find(message.id)) {
        finish(*worker, task, from, message);
        return;
    }
    m_desk.lookups.find(message.id, [this, from, message](const TaskFound &found) {
        Worker *worker = m_desk.workerOf(from);
        if (!worker)
            return;
        LiveTask *task = m_desk.find(message.id);
        if (const auto *stored = std::get_if<StoredTask>(&found.task); stored && !task)
            task = &m_canceller.fetch(*stored);
        if (const auto *finished = std::get_if<FinishedTask>(&found.task); finished && !task)
            keepOrphan(*worker, message, finished->task.delivery, &finished->ending);
        finish(*worker, task, from, message);
    });
}

void Leasing::finish(Worker &worker, LiveTask *task, SessionId from, const Finished &message)
{
    if (task && (!task->isEnded() || DROVER_FAULT(EndsTwice)) && isLast(*task, worker, message.token)) {
        if (!isHeld(*task, worker, message.token))
            m_states.adopt(*task, worker, HeldLease{message.id, message.token, true, false});
        task->startedMs = message.startedMs ? message.startedMs : task->startedMs;
        ++worker.done;
        if (message.ok)
            m_states.succeed(*task, message.value, message.log);
        else
            m_states.fail(*task, message.error, message.blamed || message.error.reason() == Reason::Crashed,
                          message.log);
    } else if (task) {
        keepOrphan(worker, message, task->delivery(), task->ending.get());
    }
    acknowledge(from, message.id, message.token);
}

bool Leasing::isHeld(const LiveTask &task, const Worker &worker, const Token &token)
{
    return task.worker == &worker && task.delivery().lease->token == token;
}

// Not what is merely told again, nor the end of an attempt that was told to stop.
void Leasing::keepOrphan(const Worker &worker, const Finished &message, const Delivery &delivery, const Ending *ending)
{
    const bool isCurrent = delivery.lease && delivery.lease->token == message.token;
    const bool isToldAgain = isCurrent && ending && (!message.ok || ending->state == State::Success);
    if (DROVER_FAULT(LateResultDropped) || isToldAgain || (!message.ok && message.error.code() == ErrorCode::Revoked))
        return;
    OrphanInfo orphan;
    orphan.attempt = message.token.attempt;
    orphan.epoch = message.token.epoch;
    orphan.worker = worker.name;
    orphan.receivedMs = m_desk.now.wallMs;
    orphan.ok = message.ok;
    orphan.size = quint64(message.value.size());
    if (message.ok && message.value.size() <= OrphanInfo::maxValue)
        orphan.value = message.value;
    orphan.error = message.error;
    orphan.log = message.log;
    m_desk.effects.record(OrphanAdded{message.id, std::move(orphan)}, m_desk.options.durability);
}

// The last lease is good until the next one is issued, also when its time is over or a store forgot it.
bool Leasing::isLast(const LiveTask &task, const Worker &worker, const Token &token) const
{
    const Delivery &delivery = task.delivery();
    if (delivery.state == State::Trashed)
        return false; // somebody has thrown it away since
    if (delivery.lease && delivery.lease->token == token)
        return delivery.lease->worker == worker.fingerprint;
    if (task.worker && DROVER_FAULT(OldTokenCounts))
        return true;
    const bool isOlderBroker = token.epoch < m_desk.epoch && !task.issued;
    return !DROVER_FAULT(LostRecordEndsLease) && isOlderBroker
        && (delivery.lease ? token > delivery.lease->token : token.attempt > delivery.attempt);
}

void Leasing::acknowledge(SessionId session, const TaskId &id, const Token &token)
{
    const LiveTask *task = m_desk.find(id);
    const QueueDurability need = task ? m_desk.durabilityOf(*task) : m_desk.effects.lastNeed();
    if (DROVER_FAULT(ResultAcknowledgedTooEarly))
        m_desk.effects.send(session, FinishedAck{{{id, token}}});
    m_desk.whenDurable(need, {.kind = AfterCommit::Kind::AckFinished, .session = session, .id = id, .token = token});
    if (need != QueueDurability::Memory && m_desk.isDurable(need))
        Settling::run(m_desk);
}

void Leasing::recover(LiveTask &task)
{
    const LeaseRecord &lease = *task.delivery().lease;
    Worker &worker = m_desk.workers.worker(lease.worker);
    worker.fingerprint = lease.worker;
    worker.name = lease.workerName;
    worker.incarnation = lease.incarnation;
    worker.heard = m_desk.now.monotonic;
    worker.sinceMs = m_desk.now.wallMs;
    if (DROVER_FAULT(NoGraceAfterRestart))
        worker.heard -= m_desk.options.leaseTime / 2;
    m_desk.workers.attach(&task, worker, worker.heard, m_desk.options.leaseTime);
    ++task.lane->running;
    ++m_desk.running;
}

// Its worker ends an exclusive task when the lease is over, and is given the time for it.
Milliseconds Leasing::leaseTime(const LiveTask &task) const
{
    return task.options().isExclusive() ? 2 * m_desk.options.leaseTime : m_desk.options.leaseTime;
}

// A silent worker may be there all the same. One whose attempt may go on is told only when another one is issued.
void Leasing::tellLost(const LiveTask &task)
{
    const bool isOver = task.delivery().cancelRequested || task.options().isAckEarly();
    if (task.unsent || (!isOver && !task.options().isExclusive()))
        return;
    m_desk.effects.send(
        task.worker->session,
        Stop{task.id(), task.delivery().lease->token, true, isOver ? Reason::User : Reason::WorkerLost});
}

void Leasing::expire()
{
    for (auto it = m_desk.workers.all().begin(); it != m_desk.workers.all().end();) {
        Worker &worker = (it++)->second;
        if (worker.checkAt && *worker.checkAt <= m_desk.now.monotonic)
            expire(worker);
    }
}

void Leasing::expire(Worker &worker)
{
    const auto leases = worker.leases;
    std::optional<MonotonicTime> next;
    for (LiveTask *task : leases) {
        const MonotonicTime ends = qMax(task->leasedAt, worker.heard) + leaseTime(*task);
        if (ends > m_desk.now.monotonic) {
            next = next ? qMin(*next, ends) : ends;
            continue;
        }
        tellLost(*task);
        m_states.lose(*task, QStringLiteral("The worker %1 was silent for longer than its lease.").arg(worker.name));
    }
    worker.checkAt = next;
    if (!next && worker.session == 0) {
        m_desk.changes.worker(worker.fingerprint);
        m_desk.workers.remove(QByteArray(worker.fingerprint));
        m_desk.dispatchDue = true;
    }
}

void Leasing::renewAll()
{
    for (auto &[fingerprint, worker] : m_desk.workers.all()) {
        worker.heard = m_desk.now.monotonic;
        if (worker.checkAt)
            worker.checkAt = m_desk.now.monotonic + m_desk.options.leaseTime;
    }
}

std::optional<MonotonicTime> Leasing::nextExpiry() const
{
    std::optional<MonotonicTime> next;
    for (const auto &[fingerprint, worker] : m_desk.workers.all()) {
        if (worker.checkAt)
            next = next ? qMin(*next, *worker.checkAt) : *worker.checkAt;
    }
    return next;
}

} // namespace drover
