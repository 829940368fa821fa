// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

namespace drover {

namespace {

Error cannotSuspend(const QString &why)
{
    return Error(ErrorCode::Unsupported, QStringLiteral("Its worker cannot pause it: %1.").arg(why));
}

} // namespace

void Engine::handle(BrokerSession from, const Suspend &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    HeldAttempt *attempt = d->owned(from, LeaseRef{message.id, message.token});
    if (!attempt || attempt->stage == HeldAttempt::Stage::Done)
        return;
    attempt->suspendWanted = message.on;
    if (!message.on) {
        d->goOn(*attempt, turn);
        d->tell(from, Suspended{message.id, message.token, false, {}}, turn);
        return;
    }
    switch (attempt->stage) {
    case HeldAttempt::Stage::Preparing:
    case HeldAttempt::Stage::Queued: d->handBack(*attempt, Returned::Why::Unstarted, turn); break;
    case HeldAttempt::Stage::Placed:
        if (const ExecutorState *executor = d->executors.find(attempt->executor);
            executor && !std::exchange(attempt->takingBack, true))
            d->tell(*executor, TakeBack{message.id, message.token}, turn);
        break;
    default: d->standStill(*attempt, turn);
    }
}

// An executor that stands still answers nothing: first it gives back what waits in it.
void Engine::Private::standStill(HeldAttempt &attempt, Turn turn)
{
    const auto refuse = [&](const QString &why) {
        attempt.suspendWanted = false;
        tell(attempt.broker, Suspended{attempt.ref.id, attempt.ref.token, false, cannotSuspend(why)}, turn);
    };
    ExecutorState *executor = executors.find(attempt.executor);
    if (attempt.suspendedAt)
        return;
    if (attempt.stage == Stage::Blocked)
        return refuse(QStringLiteral("it waits for tasks of its own, pause those"));
    if (attempt.command ? !options.suspendsCommands : !executor || !options.suspendsExecutors)
        return refuse(attempt.command ? QStringLiteral("its system has no such thing")
                                      : QStringLiteral("it runs in a thread of a program"));
    if (attempt.ending != Ending::None)
        return refuse(QStringLiteral("it is about to end"));
    if (executor)
        executor->quick = false; // nothing more is put into it
    if (executor && executor->attempts.size() > 1)
        return takeBackWaiting(*executor, turn);
    attempt.suspendedAt = turn.now;
    if (attempt.command)
        turn.act(SuspendCommand{attempt.ref, true});
    else
        turn.act(SuspendExecutor{attempt.executor, true});
    tell(attempt.broker, Suspended{attempt.ref.id, attempt.ref.token, true, {}}, turn);
}

// The time for which it stood still does not count.
void Engine::Private::goOn(HeldAttempt &attempt, Turn turn)
{
    attempt.suspendWanted = false;
    if (!attempt.suspendedAt)
        return;
    const auto stood = turn.now - *std::exchange(attempt.suspendedAt, std::nullopt);
    attempt.since += stood;
    if (attempt.softDeadline)
        *attempt.softDeadline += stood;
    if (attempt.deadline)
        *attempt.deadline += stood;
    if (attempt.command)
        turn.act(SuspendCommand{attempt.ref, false});
    else
        turn.act(SuspendExecutor{attempt.executor, false});
}

//! Something has left executor \a id, and what runs in it may be waiting for that.
void Engine::Private::serveSuspensions(ExecutorId id, Turn turn)
{
    const ExecutorState *executor = executors.find(id);
    HeldAttempt *running = executor && !executor->attempts.empty() ? leases.find(executor->attempts.front()) : nullptr;
    if (running && running->suspendWanted)
        standStill(*running, turn);
}

Milliseconds Engine::Private::leaseTimeOf(const QByteArray &broker) const
{
    const Milliseconds said = standings.value(broker).leaseTime;
    return said.count() > 0 ? said : options.leaseTime;
}

MonotonicTime Engine::Private::leaseEnd(const HeldAttempt &attempt) const
{
    if (DROVER_FAULT(ExclusiveLivesOn))
        return attempt.assignedAt + std::chrono::hours(24);
    return std::max(attempt.assignedAt, standings.value(attempt.broker).renewedAt) + attempt.leaseTime;
}

// What is exclusive may run elsewhere from then on.
void Engine::Private::endLostLeases(Turn turn)
{
    exclusive.removeIf([&](const LeaseRef &ref) {
        HeldAttempt *attempt = leases.find(ref);
        if (!attempt || attempt->stage == Stage::Done)
            return true;
        if (turn.now >= leaseEnd(*attempt) && attempt->ending != Ending::LeaseLost) {
            stopAttempt(*attempt, Ending::LeaseLost, true, turn);
            attempt->ending = Ending::LeaseLost;
        }
        return false;
    });
}

//! A lease may have been over when it came, from a socket that was not read for a while: whoever answers this renewal has
//! said so before.
void Engine::Private::confirm(HeldAttempt &attempt, Session &session, Turn turn)
{
    sendRenewal(session, turn);
    attempt.confirmed = false;
    attempt.confirmedBy = session.renewals;
}

void Engine::Private::confirmAll(Session &session, Turn turn)
{
    for (const LeaseRef &ref : std::as_const(exclusive)) {
        HeldAttempt *attempt = leases.find(ref);
        if (attempt && attempt->broker == session.broker && !attempt->confirmed)
            confirm(*attempt, session, turn);
    }
}

void Engine::Private::confirmed(const Session &session, quint64 number, MonotonicTime sentAt, Turn turn)
{
    const QList<LeaseRef> refs = exclusive;
    for (const LeaseRef &ref : refs) {
        HeldAttempt *attempt = leases.find(ref);
        if (!attempt || attempt->broker != session.broker || attempt->confirmed || attempt->confirmedBy > number)
            continue;
        attempt->confirmed = true;
        attempt->assignedAt = sentAt;
        if (attempt->stage == Stage::Preparing && !attempt->isFetching())
            admit(*attempt, turn);
    }
}

//! Whether nothing else of an exclusive task runs, here or elsewhere.
bool Engine::Private::isSafe(const HeldAttempt &attempt)
{
    if (!attempt.assign.exclusive)
        return true;
    bool alone = true;
    for (const LeaseRef &ref : std::as_const(exclusive)) {
        const HeldAttempt *other = ref.id == attempt.ref.id && ref != attempt.ref ? leases.find(ref) : nullptr;
        alone &= !other || other->stage == Stage::Done;
    }
    return alone && attempt.confirmed;
}

//! Another attempt at the same task may have waited for the end of this one.
void Engine::Private::admitNext(TaskId id, Turn turn)
{
    HeldAttempt *next = leases.newest(id);
    if (next && next->stage == Stage::Preparing && !next->isFetching() && next->confirmed)
        admit(*next, turn);
}

} // namespace drover
