// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskstates.h"

#include "broker/store.h"
#include "broker/taskview.h"
#include "support/fault.h"

namespace drover {

Error TaskStates::revoked(Reason reason, const QString &message)
{
    return Error(ErrorCode::Revoked, message).setReason(reason);
}

void TaskStates::place(LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    watchDeadline(task);
    if (delivery.state == State::Pending)
        queue(task);
    else if (task.isParked())
        ++m_desk.parked;
    else
        waitForTime(task);
    if (delivery.state == State::Trashed)
        m_desk.calendar.add(delivery.trashUntilMs, task.id());
    if (task.options().expires().isValid() && delivery.attempt == 0 && !task.isEnded())
        m_desk.calendar.add(task.options().expires().toMSecsSinceEpoch(), task.id());
    notify(task);
    if (m_desk.batches.isCancelled(task.id(), task.stored.submission.item))
        cancel(task);
}

// Durations run by the clock that never steps; what the wall clock says of them after a restart is bounded by their length.
void TaskStates::waitForTime(LiveTask &task)
{
    ++m_desk.delayed;
    const bool isRetry = task.delivery().state == State::Retry;
    const Milliseconds length = isRetry ? longestBackoff : task.options().delay();
    if (!isRetry && length.count() == 0)
        return m_desk.calendar.add(task.delivery().dueMs, task.id());
    task.dueAt =
        DROVER_FAULT(DelayIsCutShort) ? m_desk.now.monotonic + length / 100 : m_desk.in(task.delivery().dueMs, length);
    m_desk.delays.add(task.dueAt, task.id());
}

void TaskStates::watchDeadline(LiveTask &task)
{
    const Milliseconds limit = task.options().deadline();
    if (limit == Options::unlimited || task.deadlineAt || task.isEnded())
        return;
    task.deadlineAt = m_desk.in(task.stored.submittedMs + limit.count(), limit);
    m_desk.delays.add(*task.deadlineAt, task.id());
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
        task.worker->assigned -= quint64(task.unsent); // it will not hear of it
        m_desk.dispatchDue |= task.unsent;
        task.unsent = false;
        m_desk.workers.detach(&task);
        --task.lane->running;
        --m_desk.running;
        m_desk.dispatchDue |= task.taskClass->suspect; // another one may go there now
    } else if (task.delivery().state == State::Scheduled || task.delivery().state == State::Retry) {
        --m_desk.delayed;
    } else if (task.isParked()) {
        --m_desk.parked;
    }
}

void TaskStates::record(const LiveTask &task)
{
    record(task, m_desk.durabilityOf(task));
}

void TaskStates::record(const LiveTask &task, QueueDurability need)
{
    m_desk.effects.record(TaskUpdated{task.id(), task.stored.place, task.stored.delivery}, need);
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

void TaskStates::cancel(LiveTask &task)
{
    Delivery &delivery = task.delivery();
    if (task.isEnded() || delivery.cancelRequested)
        return;
    if (!task.worker || task.unsent) {
        end(task, State::Revoked,
            drover::fail(revoked(Reason::User, QStringLiteral("The task was cancelled before it ran."))));
        return;
    }
    requestStop(task);
}

void TaskStates::kill(LiveTask &task)
{
    if (task.isEnded() || task.delivery().killRequested)
        return;
    if (!task.worker || task.unsent)
        return cancel(task);
    task.delivery().killRequested = true;
    requestStop(task);
}

void TaskStates::requestStop(LiveTask &task)
{
    task.delivery().cancelRequested = true;
    task.delivery().state = State::Cancelling;
    record(task);
    askToStop(task);
    notify(task);
}

void TaskStates::askToStop(const LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    m_desk.effects.send(task.worker->session, Stop{task.id(), delivery.lease->token, delivery.killRequested});
}

void TaskStates::pause(LiveTask &task)
{
    task.delivery().pauseRequested = true;
    if (task.unsent)
        return giveBack(task);
    if (!task.worker) {
        leaveState(task);
        return park(task, State::Held);
    }
    record(task);
    task.note.clear();
    m_desk.effects.send(task.worker->session, Suspend{task.id(), task.delivery().lease->token, true});
    notify(task);
}

void TaskStates::resume(LiveTask &task)
{
    Delivery &delivery = task.delivery();
    delivery.pauseRequested = false;
    if (task.worker) {
        record(task);
        m_desk.effects.send(task.worker->session, Suspend{task.id(), delivery.lease->token, false});
        return notify(task);
    }
    leaveState(task);
    delivery.trashUntilMs = 0;
    if (delivery.dueMs <= m_desk.now.wallMs)
        return waitAgain(task);
    delivery.state = delivery.failures > 0 ? State::Retry : State::Scheduled;
    waitForTime(task);
    record(task);
    notify(task);
}

void TaskStates::suspended(LiveTask &task, bool on, const QString &why)
{
    Delivery &delivery = task.delivery();
    task.note = why;
    if (!why.isEmpty())
        delivery.pauseRequested = false;
    if (!delivery.cancelRequested)
        delivery.state = on ? State::Paused : State::Received;
    record(task);
    notify(task);
}

void TaskStates::trash(LiveTask &task)
{
    stopFormer(task);
    leaveState(task);
    task.delivery().pauseRequested = false;
    task.delivery().trashUntilMs = m_desk.now.wallMs + m_desk.options.trashTime.count();
    m_desk.calendar.add(task.delivery().trashUntilMs, task.id());
    park(task, State::Trashed);
}

//! From no state.
void TaskStates::park(LiveTask &task, State state)
{
    task.delivery().state = state;
    ++m_desk.parked;
    record(task);
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
    if (task.deadlineAt && *task.deadlineAt <= m_desk.now.monotonic && !task.isEnded()) {
        missDeadline(task);
        return true;
    }
    if (task.delivery().state == State::Trashed && task.delivery().trashUntilMs <= m_desk.now.wallMs
        && !task.isEnded()) {
        end(task, State::Revoked, drover::fail(revoked(Reason::User, QStringLiteral("The task was purged."))));
        return true;
    }
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

// What runs is not waited for: its worker is told to end it.
void TaskStates::missDeadline(LiveTask &task)
{
    const Error error(
        Reason::Deadline,
        QStringLiteral("The task was not done within its deadline of %1 ms.").arg(task.options().deadline().count()));
    if (task.worker) {
        if (!task.unsent)
            m_desk.effects.send(task.worker->session,
                                Stop{task.id(), task.delivery().lease->token, true, Reason::Timeout});
        closeAttempt(task, State::Failure, error);
    }
    end(task, State::Failure, drover::fail(error));
}

void TaskStates::end(LiveTask &task, State state, Outcome outcome)
{
    stopFormer(task);
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
    if (task.options().resultTtl() != Options::unlimited)
        task.ending->resultUntilMs = m_desk.now.wallMs + task.options().resultTtl().count();
    const QueueDurability need = m_desk.durabilityOf(task);
    m_desk.effects.record(TaskEnded{task.id(), task.stored.place, *task.ending}, need);
    m_desk.whenDurable(need, {.kind = AfterCommit::Kind::Settle, .id = task.id()});
    if (const SessionId listener = m_desk.listenerOf(task))
        m_desk.effects.send(listener, taskResult(task.id(), *task.ending, DROVER_FAULT(SettledTooEarly)));
    m_streams.ended(task);
    m_desk.keys.forgetChildren(task.id());
    if (!task.options().idempotencyKey().isEmpty())
        m_desk.keys.ended(idempotencyKey(task.stored.submission, task.stored.lane.owner), task.id(), m_desk.now.wallMs);
    if (state != State::Success && task.children) {
        for (auto it = task.children->cbegin(); it != task.children->cend(); ++it) {
            if (!it->settled)
                m_desk.cascade.push_back(it.key());
        }
    }
    m_desk.changes.queue(task.stored.lane.queue);
}

} // namespace drover
