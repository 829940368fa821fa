// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

#include <cmath>

namespace drover {

namespace {

constexpr double quickUs = 1000;
constexpr double shortUs = 50'000;

void blend(double &mean, double sample, double weight)
{
    mean = std::isfinite(mean) ? mean + (sample - mean) * weight : sample;
}

Error endingError(const HeldAttempt &attempt)
{
    if (attempt.ending == HeldAttempt::Ending::SoftTimedOut)
        return Error(
            Reason::Timeout,
            QStringLiteral("It was told to end at its soft time limit of %1 ms").arg(attempt.assign.softTimeoutMs));
    if (attempt.ending == HeldAttempt::Ending::TimedOut)
        return Error(Reason::Timeout,
                     QStringLiteral("It ran longer than its time limit of %1 ms").arg(attempt.assign.timeoutMs));
    if (attempt.ending == HeldAttempt::Ending::LeaseLost)
        return Error(Reason::WorkerLost,
                     QStringLiteral("The worker lost touch with the broker and ended it, for it is exclusive."));
    Error error(ErrorCode::Revoked, QStringLiteral("It was cancelled"));
    error.setReason(Reason::User);
    return error;
}

Error crashError(ExecutorDeath death)
{
    const QString how = death.signal ? QStringLiteral("by signal %1").arg(death.signal)
                                     : QStringLiteral("with exit code %1").arg(death.exitCode);
    Error error(Reason::Crashed, QStringLiteral("The executor ended %1 while it ran this").arg(how));
    if (death.signal)
        error.setDetail(QStringLiteral("signal"), death.signal);
    else
        error.setDetail(QStringLiteral("exitCode"), death.exitCode);
    return error;
}

Error tooLarge(quint64 size, quint64 limit)
{
    return Error(
        Reason::OutputLimit,
        QStringLiteral("The result has %1 bytes; this worker takes at most %2 (--max-result).").arg(size).arg(limit));
}

bool isOpen(HeldAttempt::Stage stage)
{
    return stage != HeldAttempt::Stage::Preparing && stage != HeldAttempt::Stage::Blocked
        && stage != HeldAttempt::Stage::Done;
}

} // namespace

quint32 Engine::Private::window() const
{
    return recentUs < quickUs ? options.prefetch : recentUs < shortUs ? 2 : 1;
}

quint32 Engine::Private::freePlaces() const
{
    const quint32 places = stopping ? 0 : options.slots * window();
    const quint32 taken = open + (preparing > options.slots ? preparing - options.slots : 0);
    return places > taken ? places - taken : 0;
}

bool Engine::Private::isQuick(const QString &function) const
{
    return durations.value(function, quickUs) < quickUs;
}

void Engine::Private::learn(const QString &function, double durationUs)
{
    const auto known = durations.find(function);
    if (known == durations.end())
        durations.insert(function, durationUs);
    else
        blend(*known, durationUs, 0.25);
    blend(recentUs, durationUs, 0.125);
}

void Engine::Private::setStage(HeldAttempt &attempt, Stage stage, MonotonicTime now)
{
    open += quint32(isOpen(stage));
    open -= quint32(isOpen(attempt.stage));
    preparing += quint32(stage == Stage::Preparing);
    preparing -= quint32(attempt.stage == Stage::Preparing);
    attempt.stage = stage;
    attempt.since = now;
}

void Engine::Private::enqueue(HeldAttempt &attempt, bool first, Turn turn)
{
    setStage(attempt, Stage::Queued, turn.now);
    attempt.executor = 0;
    attempt.takingBack = false;
    if (first)
        queue.push_front(attempt.ref);
    else
        queue.push_back(attempt.ref);
}

void Engine::Private::place(Turn turn)
{
    serveResumptions(turn);
    while (!queue.empty()) {
        HeldAttempt *attempt = leases.find(queue.front());
        if (attempt && attempt->stage == Stage::Queued && !placeOne(*attempt, turn))
            break;
        queue.pop_front();
    }
    retireIdle(false, turn);
    keepExecutors(turn);
}

bool Engine::Private::placeOne(HeldAttempt &attempt, Turn turn)
{
    if (attempt.command) {
        if (!isSlotFree())
            return false;
        commands.append(attempt.ref);
        begin(attempt, turn);
        turn.act(StartCommand{attempt.ref, attempt.assign.arguments});
        return true;
    }
    ExecutorState *executor = isSlotFree() ? executors.idle() : nullptr;
    // behind others it might begin before anybody here knows, and prolong that more run than there are slots
    if (!executor && !attempt.assign.ackEarly && busySlots() <= options.slots && isQuick(attempt.assign.function))
        executor = executors.quickest(options.prefetch);
    if (!executor)
        return false;
    if (functionNames.contains(attempt.assign.function))
        give(*executor, attempt, turn);
    else
        handBack(attempt, Returned::Why::Unstarted, turn); // its plugin could not be loaded lately
    return true;
}

void Engine::Private::give(ExecutorState &executor, HeldAttempt &attempt, Turn turn)
{
    executor.attempts.push_back(attempt.ref);
    attempt.executor = executor.id;
    setStage(attempt, Stage::Placed, turn.now);
    tell(executor, attempt.assign, turn);
    if (executor.attempts.size() > 1)
        return;
    executor.quick = isQuick(attempt.assign.function);
    begin(attempt, turn);
}

void Engine::Private::begin(HeldAttempt &attempt, Turn turn)
{
    setStage(attempt, Stage::Running, turn.now);
    if (attempt.assign.softTimeoutMs > 0)
        attempt.softDeadline = turn.now + Milliseconds(attempt.assign.softTimeoutMs);
    if (attempt.assign.timeoutMs > 0)
        attempt.deadline = turn.now + Milliseconds(attempt.assign.timeoutMs);
}

void Engine::Private::runNext(ExecutorState &executor, Turn turn)
{
    executor.blocked = false;
    executor.idleSince = turn.now;
    if (executor.attempts.empty())
        return;
    HeldAttempt *next = leases.find(executor.attempts.front());
    if (!next)
        return;
    begin(*next, turn);
    if (next->suspendWanted)
        standStill(*next, turn);
}

void Engine::Private::keepExecutors(Turn turn)
{
    if (!options.executors || stopping)
        return;
    for (quint32 missing = options.slots, serving = executors.serving(); serving < missing; ++serving)
        startExecutor(turn);
}

void Engine::Private::startExecutor(Turn turn)
{
    turn.act(StartExecutor{executors.add(turn.now).id});
}

void Engine::Private::retireIdle(bool all, Turn turn)
{
    std::erase_if(executors.all(), [&](const auto &entry) {
        const ExecutorState &executor = entry.second;
        const bool retire = executor.isIdle() && (all || stopping || executor.outdated);
        if (retire)
            turn.act(RetireExecutor{executor.id});
        return retire;
    });
}

void Engine::Private::takeBackWaiting(ExecutorState &executor, Turn turn)
{
    for (size_t i = 1; i < executor.attempts.size(); ++i) {
        HeldAttempt *attempt = leases.find(executor.attempts[i]);
        if (attempt && !std::exchange(attempt->takingBack, true))
            tell(executor, TakeBack{attempt->ref.id, attempt->ref.token}, turn);
    }
}

// Takes the attempt out of wherever it waits or runs.
void Engine::Private::leave(HeldAttempt &attempt, Turn turn)
{
    commands.removeOne(attempt.ref);
    ExecutorState *executor = executors.find(std::exchange(attempt.executor, 0));
    if (!executor || executor->attempts.empty())
        return;
    if (std::exchange(attempt.suspendedAt, std::nullopt)) // its end was under way when it was to stand still
        turn.act(SuspendExecutor{executor->id, false});
    const bool wasFirst = executor->attempts.front() == attempt.ref;
    std::erase(executor->attempts, attempt.ref);
    if (wasFirst)
        runNext(*executor, turn);
}

void Engine::Private::finish(HeldAttempt &attempt, Finished how, Turn turn)
{
    if (attempt.stage == Stage::Done)
        return;
    if (!how.ok && attempt.ending != Ending::None)
        how.error = endingError(attempt);
    if (!how.ok)
        how.error.setTask(attempt.ref.id, attempt.ref.token.attempt);
    how.id = attempt.ref.id;
    how.token = attempt.ref.token;
    if (attempt.log)
        how.log = attempt.log->text();
    leave(attempt, turn);
    setStage(attempt, Stage::Done, turn.now);
    attempt.assign.arguments = {};
    attempt.finished = std::move(how);
    children.orphan(attempt.ref);
    if (attempt.stream) {
        attempt.stream->end();
        flushStream(attempt, turn);
    }
    tell(attempt.broker, attempt.finished, turn);
    awaitAcknowledgement(attempt, turn);
    if (attempt.assign.exclusive)
        admitNext(attempt.ref.id, turn);
    place(turn);
}

void Engine::Private::finish(HeldAttempt &attempt, Error error, Turn turn)
{
    Finished how;
    how.error = std::move(error);
    finish(attempt, std::move(how), turn);
}

void Engine::Private::handBack(HeldAttempt &attempt, Returned::Why why, Turn turn)
{
    const TaskId id = attempt.ref.id;
    const bool exclusive = attempt.assign.exclusive;
    tell(attempt.broker, Returned{id, attempt.ref.token, why}, turn);
    drop(attempt, turn);
    if (exclusive && !stopping)
        admitNext(id, turn);
}

// Without a word to the broker: what still takes a moment to die may begin elsewhere when its lease is over.
void Engine::Private::drop(HeldAttempt &attempt, Turn turn)
{
    leave(attempt, turn);
    setStage(attempt, Stage::Done, turn.now);
    children.orphan(attempt.ref);
    leases.remove(attempt.ref);
}

void Engine::executorReady(ExecutorId executor, const QList<Signature> &functions, MonotonicTime now,
                           WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    ExecutorState *ready = d->executors.find(executor);
    if (!ready)
        return;
    ready->ready = true;
    ready->idleSince = now;
    if (!std::exchange(d->functionsKnown, true) || d->functions != functions) {
        d->functions = functions;
        d->functionNames.clear();
        for (const Signature &function : functions)
            d->functionNames.insert(function.function());
        for (auto &[id, other] : d->executors.all())
            other.outdated = other.ready && id != executor;
        d->offerAll(turn);
    }
    d->place(turn);
}

void Engine::probe(MonotonicTime now, WorkerActions &actions)
{
    if (!d->stopping && d->executors.starting() == 0)
        d->startExecutor({now, actions});
}

void Engine::executorDied(ExecutorId executor, ExecutorDeath death, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    const ExecutorState *found = d->executors.find(executor);
    if (!found)
        return;
    const ExecutorState dead = *found;
    d->executors.remove(executor);
    for (size_t i = dead.attempts.size(); i-- > 1;) {
        if (HeldAttempt *attempt = d->leases.find(dead.attempts[i]))
            d->enqueue(*attempt, true, turn);
    }
    if (!dead.attempts.empty()) {
        if (HeldAttempt *attempt = d->leases.find(dead.attempts.front()))
            d->ended(*attempt, death, turn);
    }
    if (!std::exchange(d->functionsKnown, true))
        d->offerAll(turn);
    if (d->stopping)
        d->handBackAll(turn);
    d->place(turn);
}

void Engine::Private::ended(HeldAttempt &attempt, ExecutorDeath death, Turn turn)
{
    attempt.executor = 0;
    if (attempt.stage == Stage::Blocked && attempt.ending == Ending::None && !attempt.assign.ackEarly)
        return handBack(attempt, Returned::Why::Unstarted, turn);
    if (attempt.ending == Ending::None)
        durations[attempt.assign.function] = std::numeric_limits<double>::infinity();
    Finished how;
    how.error = crashError(death);
    how.blamed = attempt.ending == Ending::None;
    how.durationUs = quint64(std::chrono::duration_cast<std::chrono::microseconds>(turn.now - attempt.since).count());
    finish(attempt, std::move(how), turn);
}

void Engine::handle(ExecutorId from, const Finished &message, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->leases.find({message.id, message.token});
    if (!attempt || attempt->executor != from)
        return;
    d->learn(attempt->assign.function, double(message.durationUs));
    const quint64 size = message.ok ? quint64(message.value.size()) : 0;
    if (size > d->options.maxResult)
        return d->finish(*attempt, tooLarge(size, d->options.maxResult), {now, actions});
    d->finish(*attempt, message, {now, actions});
}

void Engine::handle(ExecutorId from, const Returned &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    const LeaseRef ref{message.id, message.token};
    HeldAttempt *attempt = d->leases.find(ref);
    if (!attempt || attempt->executor != from)
        return;
    d->leave(*attempt, turn);
    d->serveSuspensions(from, turn);
    if (attempt->ending != HeldAttempt::Ending::None)
        return d->finish(*attempt, Error(), turn);
    if (d->stopping)
        return d->handBack(*attempt, Returned::Why::Stopping, turn);
    if (attempt->suspendWanted || !d->isSlotFree())
        return d->handBack(*attempt, Returned::Why::Unstarted, turn);
    d->enqueue(*attempt, true, turn);
    d->place(turn);
}

void Engine::handle(ExecutorId from, const StreamItems &message, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->leases.newest(message.id);
    if (!attempt || attempt->executor != from || attempt->ref.token.attempt != message.attempt)
        return;
    for (const StreamItem &item : message.items) {
        attempt->openStream().append(item.kind, item.data);
        if (item.kind == StreamItem::Log)
            attempt->keepLog(item.data);
    }
    if (attempt->stream)
        d->flushStream(*attempt, {now, actions});
}

void Engine::commandOutput(const LeaseRef &lease, StreamItem::Kind kind, QByteArray data, MonotonicTime now,
                           WorkerActions &actions)
{
    HeldAttempt *attempt = d->leases.find(lease);
    if (!attempt || attempt->stage == HeldAttempt::Stage::Done)
        return;
    attempt->openStream().append(kind, std::move(data));
    d->flushStream(*attempt, {now, actions});
}

void Engine::commandFinished(const Finished &how, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->leases.find({how.id, how.token});
    if (!attempt)
        return;
    d->learn(attempt->assign.function, double(how.durationUs));
    d->finish(*attempt, how, {now, actions});
}

} // namespace drover
