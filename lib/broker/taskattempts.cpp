// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskstates.h"

#include "support/fault.h"

#include <cmath>

// What becomes of a task while workers have it.
namespace drover {

namespace {

constexpr qsizetype keptAttempts = 64;
constexpr qsizetype keptLogs = 3; // they are written with each change of their task

Assign assignment(const LiveTask &task, Milliseconds leaseTime)
{
    const Submission &submission = task.stored.submission;
    const Options &options = submission.options;
    Assign assign;
    assign.id = submission.id;
    assign.token = task.delivery().lease->token;
    assign.function = submission.function;
    assign.signatureHash = submission.signatureHash;
    assign.arguments = submission.arguments;
    assign.timeoutMs = options.timeout() == Options::unlimited ? 0 : quint64(options.timeout().count());
    assign.noResult = options.isNoResult();
    assign.raw = options.isRaw();
    assign.depth = task.stored.lane.depth;
    assign.owner = task.stored.ownerName;
    assign.softTimeoutMs = options.softTimeout() == Options::unlimited ? 0 : quint64(options.softTimeout().count());
    assign.ackEarly = options.isAckEarly();
    assign.exclusive = options.isExclusive();
    assign.leaseMs = quint64(leaseTime.count());
    return assign;
}

} // namespace

void TaskStates::lease(LiveTask &task, Worker &worker)
{
    leaveState(task);
    supersede(task, worker);
    Delivery &delivery = task.delivery();
    delivery.state = State::Received;
    ++delivery.attempt;
    delivery.lease = LeaseRecord{
        {m_desk.epoch, delivery.attempt}, worker.fingerprint, worker.name, worker.incarnation, m_desk.now.wallMs};
    task.startedMs = 0;
    task.blocked = false;
    ++worker.assigned;
    m_desk.workers.attach(&task, worker, m_desk.now.monotonic, m_desk.options.leaseTime);
    ++task.lane->running;
    ++m_desk.running;
    m_desk.lanes.served(task.lane);
    task.note.clear();
    task.issued = true;
    // a broker that forgot the lease of one that may not run twice would give it away again
    const bool mayRunOnce = task.options().isAckEarly() || task.options().isExclusive();
    task.unsent = (mayRunOnce && !DROVER_FAULT(AssignsTooEarly)) || DROVER_FAULT(DispatchWaits);
    record(task, task.unsent ? QueueDurability::Disk : m_desk.durabilityOf(task));
    if (task.unsent)
        m_desk.whenDurable(QueueDurability::Disk,
                           {.kind = AfterCommit::Kind::Assign, .id = task.id(), .token = delivery.lease->token});
    else
        assign(task);
    m_desk.changes.worker(worker.fingerprint);
    notify(task);
}

void TaskStates::assign(LiveTask &task)
{
    Assign assign = assignment(task, m_desk.options.leaseTime);
    m_streams.assigned(task.worker->session, assign);
    m_desk.effects.send(task.worker->session, std::move(assign));
}

// The worker of a task that runs at most once, or once at a time, hears of it only now.
void TaskStates::assignDurable()
{
    for (const LeaseRef &lease : std::exchange(m_desk.assignable, {})) {
        LiveTask *task = m_desk.find(lease.id);
        const bool isLeased = task && task->unsent && task->worker && task->worker->session
            && task->delivery().lease->token == lease.token;
        if (!isLeased)
            continue;
        task->unsent = false;
        assign(*task);
    }
}

void TaskStates::supersede(const LiveTask &task, const Worker &next)
{
    if (task.delivery().lease && task.delivery().lease->worker != next.fingerprint)
        stopFormer(task);
}

//! The worker of its last lease, which is over, may work on it all the same.
void TaskStates::stopFormer(const LiveTask &task)
{
    const std::optional<LeaseRecord> &lease = task.delivery().lease;
    const Worker *former = lease && !task.worker ? m_desk.workers.find(lease->worker) : nullptr;
    if (former && former->session)
        m_desk.effects.send(former->session, Stop{task.id(), lease->token, true});
}

void TaskStates::adopt(LiveTask &task, Worker &worker, const HeldLease &held)
{
    Delivery &delivery = task.delivery();
    if (!task.worker || task.worker != &worker || delivery.lease->token != held.token) {
        leaveState(task); // also that of an older lease, if the record of this one was lost
        if (!delivery.attempts.isEmpty() && delivery.attempts.last().number == held.token.attempt)
            delivery.attempts.removeLast(); // it was not lost after all
        m_desk.workers.attach(&task, worker, m_desk.now.monotonic, m_desk.options.leaseTime);
        ++task.lane->running;
        ++m_desk.running;
        delivery.state = delivery.cancelRequested ? State::Cancelling : held.paused ? State::Paused : State::Received;
        delivery.attempt = held.token.attempt;
        delivery.lease =
            LeaseRecord{held.token, worker.fingerprint, worker.name, worker.incarnation, m_desk.now.wallMs};
        record(task);
    }
    if (!delivery.cancelRequested && (delivery.state == State::Paused) != held.paused) {
        delivery.state = held.paused ? State::Paused : State::Received;
        record(task);
    }
    task.leasedAt = m_desk.now.monotonic;
    m_desk.workers.setBlocked(task, held.blocked);
    task.unsent = false;
    if (held.started && !task.startedMs)
        task.startedMs = m_desk.now.wallMs;
    if (delivery.cancelRequested)
        askToStop(task);
    else if (delivery.pauseRequested != held.paused)
        m_desk.effects.send(worker.session, Suspend{task.id(), held.token, delivery.pauseRequested});
    m_streams.adopted(task);
    m_desk.changes.worker(worker.fingerprint);
    notify(task);
}

void TaskStates::started(LiveTask &task)
{
    if (task.startedMs)
        return;
    task.startedMs = m_desk.now.wallMs;
    notify(task);
}

void TaskStates::closeAttempt(LiveTask &task, State state, Error error, const QString &log)
{
    Delivery &delivery = task.delivery();
    AttemptInfo attempt;
    attempt.number = delivery.attempt;
    attempt.worker = delivery.lease ? delivery.lease->workerName : QString();
    attempt.startedMs = task.startedMs ? task.startedMs : delivery.lease ? delivery.lease->sinceMs : 0;
    attempt.finishedMs = m_desk.now.wallMs;
    attempt.state = state;
    attempt.error = std::move(error);
    attempt.log = log.size() > maxKeptLog ? log.last(maxKeptLog) : log;
    if (!delivery.attempts.isEmpty() && delivery.attempts.last().number == attempt.number)
        delivery.attempts.removeLast();
    else if (delivery.attempts.size() >= keptAttempts)
        delivery.attempts.removeFirst();
    delivery.attempts.append(std::move(attempt));
    if (delivery.attempts.size() > keptLogs)
        delivery.attempts[delivery.attempts.size() - keptLogs - 1].log.clear();
}

void TaskStates::giveBack(LiveTask &task)
{
    if (task.delivery().cancelRequested && !DROVER_FAULT(CancelIsForgotten)) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    leaveState(task);
    task.startedMs = 0;
    task.unsent = false;
    task.delivery().lease.reset();
    m_desk.classify(task);
    waitAgain(task);
}

//! After an attempt: back in its place, or held when a person wanted it to pause.
void TaskStates::waitAgain(LiveTask &task)
{
    if (task.delivery().pauseRequested)
        return park(task, State::Held);
    task.delivery().state = State::Pending;
    record(task);
    queue(task);
    notify(task);
}

void TaskStates::lose(LiveTask &task, const QString &why)
{
    if (task.unsent)
        return giveBack(task); // no worker has heard of it
    closeAttempt(task, State::Failure, Error(Reason::WorkerLost, why));
    if (task.delivery().cancelRequested) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    if (task.options().isAckEarly() && !DROVER_FAULT(RunsOnceMore)) {
        end(task, State::Failure,
            drover::fail(
                Error(Reason::WorkerLost, QStringLiteral("%1 The task runs at most once: it may have run.").arg(why))));
        return;
    }
    leaveState(task);
    task.startedMs = 0;
    if (DROVER_FAULT(LostLeaseCostsRetry))
        ++task.delivery().failures;
    waitAgain(task);
}

void TaskStates::fail(LiveTask &task, Error error, bool blamed, const QString &log)
{
    Delivery &delivery = task.delivery();
    error.setTask(task.id(), delivery.attempt);
    const bool cancelled = delivery.cancelRequested;
    const Reason reason = error.reason();
    if (reason == Reason::WorkerLost)
        return lose(task, error.message()); // it was exclusive, and its worker ended it for want of a lease
    closeAttempt(task, cancelled ? State::Revoked : State::Failure, error, log);
    if (cancelled) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    if (blamed && !task.options().isAckEarly()) {
        if (++delivery.blames < m_desk.options.maxBlames + DROVER_FAULT(QuarantinedTooLate))
            return giveBack(task);
        error.setReason(Reason::Quarantined)
            .setDetail(QStringLiteral("cause"), toString(reason))
            .setMessage(
                QStringLiteral("%1 executors died while they ran this task: it is not tried again. The last time: %2")
                    .arg(delivery.blames)
                    .arg(error.message()));
    } else if (!blamed) {
        ++delivery.failures;
        const auto retries = quint32(qMax(0, task.options().retries()));
        if (task.options().retriesOn(reason) && delivery.failures <= retries)
            return retryLater(task);
    }
    end(task, State::Failure, drover::fail(std::move(error)));
}

void TaskStates::retryLater(LiveTask &task)
{
    leaveState(task);
    Delivery &delivery = task.delivery();
    const double doublings = std::pow(2.0, qMin<quint32>(delivery.failures - 1, 40));
    const double plain = qMin(double(task.options().backoff().count()) * doublings, double(longestBackoff.count()));
    const Milliseconds wait(qint64(plain * (1 + m_desk.options.jitter * m_desk.chance())));
    delivery.lease.reset();
    delivery.dueMs = m_desk.now.wallMs + wait.count();
    task.startedMs = 0;
    if (delivery.pauseRequested)
        return park(task, State::Held);
    delivery.state = State::Retry;
    waitForTime(task);
    record(task);
    notify(task);
}

void TaskStates::succeed(LiveTask &task, Payload value, const QString &log)
{
    if (DROVER_FAULT(CancelBeatsResult) && task.delivery().cancelRequested)
        return giveBack(task);
    closeAttempt(task, State::Success, {}, log);
    end(task, State::Success, task.options().isNoResult() ? Payload() : std::move(value));
}

} // namespace drover
