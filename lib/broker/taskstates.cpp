// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskstates.h"

#include "broker/taskview.h"

#include <cmath>

namespace drover {

namespace {

constexpr qsizetype keptAttempts = 64;
constexpr qsizetype keptLogs = 3; // they are written with each change of their task
constexpr double longestBackoffMs = 3600 * 1000.0;

Assign assignment(const LiveTask &task)
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
    return assign;
}

Error revoked(Reason reason, const QString &message)
{
    return Error(ErrorCode::Revoked, message).setReason(reason);
}

} // namespace

void TaskStates::place(LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    if (delivery.state == State::Pending) {
        queue(task);
    } else {
        ++m_desk.delayed;
        const Milliseconds left(qMax<qint64>(0, delivery.dueMs - m_desk.now.wallMs));
        task.dueAt = m_desk.now.monotonic + left;
        if (delivery.state == State::Retry)
            m_desk.delays.add(task.dueAt, task.id());
        else
            m_desk.calendar.add(delivery.dueMs, task.id());
    }
    if (task.options().expires().isValid() && delivery.attempt == 0 && !task.isEnded())
        m_desk.calendar.add(task.options().expires().toMSecsSinceEpoch(), task.id());
    notify(task);
    if (m_desk.batches.isCancelled(task.id(), task.stored.submission.item))
        cancel(task);
}

void TaskStates::queue(LiveTask &task)
{
    task.delivery().state = State::Pending;
    if (expire(task))
        return;
    m_desk.lanes.join(&task);
    m_desk.dispatchDue = true;
}

void TaskStates::leaveState(LiveTask &task)
{
    if (task.waiting) {
        m_desk.lanes.leave(&task);
        m_desk.dispatchDue = true; // for the demand
    } else if (task.worker) {
        m_desk.changes.worker(task.worker->fingerprint);
        m_desk.workers.detach(&task);
        --task.lane->running;
        --m_desk.running;
    } else if (task.delivery().state == State::Scheduled || task.delivery().state == State::Retry) {
        --m_desk.delayed;
    }
}

void TaskStates::record(const LiveTask &task)
{
    m_desk.effects.record(TaskUpdated{task.id(), task.stored.place, task.stored.delivery});
}

void TaskStates::notify(LiveTask &task)
{
    m_desk.changes.task(task);
    m_desk.changes.queue(task.stored.lane.queue);
    if (m_desk.watches.isEmpty() || task.isEnded())
        return;
    for (const WatchBook::Watcher &watcher : m_desk.watches.of(task.id())) {
        if (watcher.changes)
            m_desk.effects.send(watcher.session, Changed{taskInfo(task)});
    }
}

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
    record(task);
    Assign assign = assignment(task);
    m_streams.assigned(worker.session, assign);
    m_desk.effects.send(worker.session, std::move(assign));
    m_desk.changes.worker(worker.fingerprint);
    notify(task);
}

void TaskStates::supersede(const LiveTask &task, const Worker &next)
{
    if (!task.delivery().lease || task.delivery().lease->worker == next.fingerprint)
        return;
    const Worker *former = m_desk.workers.find(task.delivery().lease->worker);
    if (former && former->session)
        m_desk.effects.send(former->session, Stop{task.id(), task.delivery().lease->token, true});
}

void TaskStates::adopt(LiveTask &task, Worker &worker, const HeldLease &held)
{
    Delivery &delivery = task.delivery();
    if (!task.worker) {
        leaveState(task);
        if (!delivery.attempts.isEmpty() && delivery.attempts.last().number == held.token.attempt)
            delivery.attempts.removeLast(); // it was not lost after all
        m_desk.workers.attach(&task, worker, m_desk.now.monotonic, m_desk.options.leaseTime);
        ++task.lane->running;
        ++m_desk.running;
        delivery.state = delivery.cancelRequested ? State::Cancelling : State::Received;
        delivery.attempt = held.token.attempt;
        delivery.lease =
            LeaseRecord{held.token, worker.fingerprint, worker.name, worker.incarnation, m_desk.now.wallMs};
        record(task);
    }
    task.leasedAt = m_desk.now.monotonic;
    task.blocked = held.blocked;
    if (held.started && !task.startedMs)
        task.startedMs = m_desk.now.wallMs;
    if (delivery.cancelRequested)
        m_desk.effects.send(worker.session, Stop{task.id(), held.token, false});
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
    if (task.delivery().cancelRequested) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    leaveState(task);
    task.startedMs = 0;
    task.delivery().lease.reset();
    task.delivery().state = State::Pending;
    record(task);
    queue(task);
    notify(task);
}

void TaskStates::lose(LiveTask &task, const QString &why)
{
    closeAttempt(task, State::Failure, Error(Reason::WorkerLost, why));
    if (task.delivery().cancelRequested) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    leaveState(task);
    task.startedMs = 0;
    task.delivery().state = State::Pending;
    record(task);
    queue(task);
    notify(task);
}

void TaskStates::fail(LiveTask &task, Error error, bool blamed, const QString &log)
{
    Delivery &delivery = task.delivery();
    error.setTask(task.id(), delivery.attempt);
    const bool cancelled = delivery.cancelRequested;
    closeAttempt(task, cancelled ? State::Revoked : State::Failure, error, log);
    if (cancelled) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled."))));
        return;
    }
    if (blamed && ++delivery.blames < m_desk.options.maxBlames) {
        giveBack(task);
        return;
    }
    if (blamed) {
        error.setMessage(QStringLiteral("%1 executors died while they ran this task. The last time: %2")
                             .arg(delivery.blames)
                             .arg(error.message()));
    } else {
        ++delivery.failures;
        if (error.reason() != Reason::Rejected && delivery.failures <= quint32(qMax(0, task.options().retries()))) {
            retryLater(task);
            return;
        }
    }
    end(task, State::Failure, drover::fail(std::move(error)));
}

void TaskStates::retryLater(LiveTask &task)
{
    leaveState(task);
    Delivery &delivery = task.delivery();
    const double doublings = std::pow(2.0, qMin<quint32>(delivery.failures - 1, 40));
    const double plain = qMin(double(task.options().backoff().count()) * doublings, longestBackoffMs);
    const Milliseconds wait(qint64(plain * (1 + m_desk.options.jitter * m_desk.chance())));
    delivery.state = State::Retry;
    delivery.lease.reset();
    delivery.dueMs = m_desk.now.wallMs + wait.count();
    task.dueAt = m_desk.now.monotonic + wait;
    task.startedMs = 0;
    ++m_desk.delayed;
    m_desk.delays.add(task.dueAt, task.id());
    record(task);
    notify(task);
}

void TaskStates::succeed(LiveTask &task, Payload value, const QString &log)
{
    closeAttempt(task, State::Success, {}, log);
    end(task, State::Success, task.options().isNoResult() ? Payload() : std::move(value));
}

void TaskStates::cancel(LiveTask &task)
{
    Delivery &delivery = task.delivery();
    if (task.isEnded() || delivery.cancelRequested)
        return;
    if (!task.worker) {
        end(task, State::Revoked,
            drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled before it ran."))));
        return;
    }
    delivery.cancelRequested = true;
    delivery.state = State::Cancelling;
    record(task);
    m_desk.effects.send(task.worker->session, Stop{task.id(), delivery.lease->token, false});
    notify(task);
}

void TaskStates::due(LiveTask &task)
{
    leaveState(task);
    task.delivery().dueMs = 0;
    queue(task);
    notify(task);
}

void TaskStates::hurry(LiveTask &task)
{
    due(task);
    if (!task.isEnded())
        record(task);
}

bool TaskStates::expire(LiveTask &task)
{
    const QDateTime expires = task.options().expires();
    if (task.worker || task.isEnded() || task.delivery().attempt || !expires.isValid()
        || expires.toMSecsSinceEpoch() > m_desk.now.wallMs)
        return false;
    end(task, State::Revoked,
        drover::fail(revoked(
            Reason::Expired,
            QStringLiteral("The task expired at %1, before it was started.").arg(expires.toString(Qt::ISODate)))));
    return true;
}

void TaskStates::end(LiveTask &task, State state, Outcome outcome)
{
    leaveState(task);
    if (!outcome)
        outcome.error().setTask(task.id(), task.delivery().attempt);
    task.ending = std::make_unique<Ending>();
    task.ending->state = state;
    task.ending->outcome = std::move(outcome);
    task.ending->attempt = task.delivery().attempt;
    task.ending->finishedMs = m_desk.now.wallMs;
    task.ending->attempts = task.delivery().attempts;
    task.ending->item = task.stored.submission.item;
    m_desk.effects.record(TaskEnded{task.id(), task.stored.place, *task.ending});
    m_desk.afterCommit.add(m_desk.effects.number(), {.kind = AfterCommit::Kind::Settle, .id = task.id()});
    if (const SessionId listener = m_desk.listenerOf(task))
        m_desk.effects.send(listener, taskResult(task.id(), *task.ending, false));
    m_streams.ended(task);
    m_desk.keys.forgetChildren(task.id());
    if (state != State::Success && task.children) {
        for (auto it = task.children->cbegin(); it != task.children->cend(); ++it) {
            if (!it->settled)
                m_desk.cascade.push_back(it.key());
        }
    }
    m_desk.changes.queue(task.stored.lane.queue);
}

} // namespace drover
