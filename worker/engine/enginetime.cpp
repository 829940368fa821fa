// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

#include <algorithm>

namespace drover {

template <typename F> void Engine::Private::forEachRunning(F &&fn)
{
    QList<LeaseRef> running = commands;
    for (const auto &[id, executor] : executors.all()) {
        if (!executor.attempts.empty())
            running.append(executor.attempts.front());
    }
    for (const LeaseRef &ref : running) {
        if (HeldAttempt *attempt = leases.find(ref))
            fn(*attempt);
    }
}

void Engine::tick(MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    d->forEachRunning([&](HeldAttempt &attempt) { d->watchRunning(attempt, turn); });
    d->endLostLeases(turn);
    d->returnLateOnes(turn);
    d->dropOldStreams(turn);
    d->dropHeldReaders(turn);
    d->spoolLate(turn);
    for (auto it = d->sessions.begin(); it != d->sessions.end();) {
        Private::Session &session = it++->second;
        if (session.offered)
            d->renew(session, turn);
    }
    const auto surplus = [&](const ExecutorState &e) {
        return e.isIdle() && now - e.idleSince >= d->options.surplusAfter;
    };
    std::erase_if(d->executors.all(), [&](const auto &entry) {
        const bool retire = surplus(entry.second) && d->executors.serving() > d->options.slots;
        if (retire)
            turn.act(RetireExecutor{entry.first});
        return retire;
    });
    d->checkEnd(turn);
}

void Engine::Private::watchRunning(HeldAttempt &attempt, Turn turn)
{
    const auto age = turn.now - attempt.since;
    if (attempt.stage == Stage::Running && age >= options.startedAfter && !std::exchange(attempt.startedSent, true))
        tell(attempt.broker, Started{attempt.ref.id, attempt.ref.token}, turn);
    if (attempt.softDeadline && !attempt.suspendedAt && turn.now >= *attempt.softDeadline) {
        attempt.softDeadline.reset();
        stopAttempt(attempt, Ending::SoftTimedOut, false, turn);
    }
    if (attempt.deadline && !attempt.suspendedAt && turn.now >= *attempt.deadline) {
        attempt.deadline.reset();
        const bool told = attempt.ending == Ending::SoftTimedOut;
        stopAttempt(attempt, Ending::TimedOut, false, turn);
        if (told)
            attempt.killAt = turn.now;
    }
    ExecutorState *executor = executors.find(attempt.executor);
    if (attempt.killAt && turn.now >= *attempt.killAt) {
        attempt.killAt.reset();
        if (attempt.command)
            turn.act(StopCommand{attempt.ref, true});
        else if (executor && !std::exchange(executor->killed, true))
            turn.act(KillExecutor{executor->id});
    }
    if (attempt.stage != Stage::Running || age < options.takeBackAfter)
        return;
    notQuick(attempt.assign.function);
    if (executor)
        takeBackWaiting(*executor, turn);
}

// It takes as long as it has taken until now, at least.
void Engine::Private::notQuick(const QString &function)
{
    const double us = double(std::chrono::microseconds(options.takeBackAfter).count());
    recentUs = std::max(recentUs, us);
    if (double &mean = durations[function]; mean < us)
        mean = us;
}

// What was promised a place behind quick attempts that turned out to be long.
void Engine::Private::returnLateOnes(Turn turn)
{
    if (isSlotFree())
        return;
    const std::deque<LeaseRef> waiting = queue;
    for (const LeaseRef &ref : waiting) {
        HeldAttempt *attempt = leases.find(ref);
        if (!attempt || !attempt->isReturnable() || turn.now - attempt->since < options.takeBackAfter)
            continue;
        handBack(*attempt, Returned::Why::Unstarted, turn);
    }
    while (!queue.empty() && !leases.find(queue.front()))
        queue.pop_front();
}

void Engine::Private::dropOldStreams(Turn turn)
{
    lingering.removeIf([&](const LeaseRef &ref) {
        const HeldAttempt *attempt = leases.find(ref);
        if (!attempt)
            return true;
        const bool over = !attempt->stream->hasReader() || attempt->stream->isRead()
            || turn.now - attempt->since >= options.streamLinger;
        if (over)
            leases.remove(ref);
        return over;
    });
}

void Engine::Private::dropHeldReaders(Turn turn)
{
    holding.removeIf([&](const LeaseRef &ref) {
        HeldAttempt *attempt = leases.find(ref);
        if (!attempt || !attempt->heldSince)
            return true;
        if (turn.now - *attempt->heldSince < options.streamLinger)
            return false;
        attempt->heldSince.reset();
        attempt->stream->detach();
        flushStream(*attempt, turn);
        return true;
    });
}

void Engine::Private::renew(Session &session, Turn turn)
{
    const Milliseconds leaseTime = leaseTimeOf(session.broker);
    if (!session.unanswered.empty() && turn.now - session.unanswered.front() >= leaseTime) {
        const BrokerSession id = session.id;
        const QByteArray broker = session.broker;
        turn.act(DropSession{
            id, Error(ErrorCode::Unavailable, QStringLiteral("The broker renews no leases")).setTransient()});
        grants.close(id);
        current.remove(broker);
        sessions.erase(id);
        dropReaders(broker, turn);
        return spoolAll(broker, turn);
    }
    if (turn.now < session.nextRenewal)
        return;
    session.nextRenewal = turn.now + leaseTime / 3;
    if (!leases.holdsOf(session.broker))
        return;
    sendRenewal(session, turn);
}

void Engine::Private::sendRenewal(Session &session, Turn turn)
{
    session.unanswered.push_back(turn.now);
    tell(session.id, Renew{++session.renewals}, turn);
}

void Engine::stop(bool graceful, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    d->forced = d->forced || !graceful || d->stopping;
    if (!std::exchange(d->stopping, true))
        d->offerAll(turn);
    d->handBackAll(turn);
    d->retireIdle(true, turn);
    d->checkEnd(turn);
}

// Everything that waits; when forced, what runs as well, and then nobody waits for its end.
void Engine::Private::handBackAll(Turn turn)
{
    for (auto &[id, executor] : executors.all()) {
        takeBackWaiting(executor, turn);
        if (forced && !std::exchange(executor.killed, true))
            turn.act(KillExecutor{id});
    }
    if (forced) {
        for (const LeaseRef &command : commands)
            turn.act(StopCommand{command, true});
        executors.all().clear();
        commands.clear();
    }
    for (const LeaseRef &ref : leases.refs()) {
        HeldAttempt *attempt = leases.find(ref);
        const bool begun = attempt->stage == Stage::Running || attempt->stage == Stage::Blocked;
        if (forced && begun && attempt->assign.ackEarly)
            finish(*attempt, Error(Reason::WorkerLost, QStringLiteral("The worker was stopped while it ran this.")),
                   turn);
        else if (forced && begun && attempt->assign.exclusive && !DROVER_FAULT(ExclusiveHandedBack))
            drop(*attempt, turn);
        else if (attempt->isHere() || (forced && attempt->stage != Stage::Done))
            handBack(*attempt, Returned::Why::Stopping, turn);
    }
}

void Engine::Private::checkEnd(Turn turn)
{
    if (!stopping || over)
        return;
    bool working = false;
    bool wanted = false; // a lost reader that may come back is not waited for
    leases.forEach([&](const HeldAttempt &attempt) {
        working |= attempt.stage != Stage::Done;
        const bool isSafe = attempt.spooled && !current.contains(attempt.broker);
        wanted |= !isSafe && (!attempt.acknowledged || !attempt.heldSince);
    });
    if (working)
        return idleSince.reset();
    if (!idleSince)
        idleSince = turn.now;
    const bool patience = !forced && wanted && turn.now - *idleSince < options.ackPatience;
    if (patience)
        return;
    over = true;
    retireIdle(true, turn);
    turn.act(WorkerEnded{});
}

bool Engine::isIdle() const
{
    return d->leases.size() == d->spooled;
}

std::optional<MonotonicTime> Engine::Private::firstReturnable()
{
    for (const LeaseRef &ref : queue) {
        if (const HeldAttempt *attempt = leases.find(ref); attempt && attempt->isReturnable())
            return attempt->since;
    }
    return std::nullopt;
}

std::optional<MonotonicTime> Engine::nextTick() const
{
    std::optional<MonotonicTime> next;
    const auto at = [&](MonotonicTime time) { next = next ? std::min(*next, time) : time; };
    const EngineOptions &o = d->options;
    d->forEachRunning([&](const HeldAttempt &attempt) {
        const ExecutorState *executor = d->executors.find(attempt.executor);
        if (attempt.stage == HeldAttempt::Stage::Running && !attempt.startedSent)
            at(attempt.since + o.startedAfter);
        if (attempt.softDeadline && !attempt.suspendedAt)
            at(*attempt.softDeadline);
        if (attempt.deadline && !attempt.suspendedAt)
            at(*attempt.deadline);
        if (attempt.killAt)
            at(*attempt.killAt);
        const bool hides =
            executor && executor->attempts.size() > 1 && !d->leases.find(executor->attempts.back())->takingBack;
        if (attempt.stage == HeldAttempt::Stage::Running && (hides || d->window() > 1))
            at(attempt.since + o.takeBackAfter);
    });
    if (!d->queue.empty() && !d->isSlotFree()) {
        if (const auto first = d->firstReturnable())
            at(*first + o.takeBackAfter);
    }
    if (!d->unacknowledged.empty())
        at(d->spoolCheckAt);
    for (const LeaseRef &ref : d->lingering) {
        if (const HeldAttempt *attempt = d->leases.find(ref))
            at(attempt->since + o.streamLinger);
    }
    for (const LeaseRef &ref : d->exclusive) {
        const HeldAttempt *attempt = d->leases.find(ref);
        if (attempt && attempt->stage != HeldAttempt::Stage::Done && attempt->ending != HeldAttempt::Ending::LeaseLost)
            at(d->leaseEnd(*attempt));
    }
    for (const LeaseRef &ref : d->holding) {
        const HeldAttempt *attempt = d->leases.find(ref);
        if (attempt && attempt->heldSince)
            at(*attempt->heldSince + o.streamLinger);
    }
    for (const auto &[id, session] : d->sessions) {
        if (session.offered && d->leases.holdsOf(session.broker))
            at(session.unanswered.empty()
                   ? session.nextRenewal
                   : std::min(session.nextRenewal, session.unanswered.front() + d->leaseTimeOf(session.broker)));
    }
    for (const auto &[id, executor] : d->executors.all()) {
        if (executor.isIdle() && d->executors.serving() > o.slots)
            at(executor.idleSince + o.surplusAfter);
    }
    if (d->stopping && !d->over && d->idleSince)
        at(*d->idleSince + o.ackPatience);
    return next;
}

} // namespace drover
