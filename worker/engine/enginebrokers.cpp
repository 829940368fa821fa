// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

namespace drover {

namespace {

Error mayNotCommand(bool commands)
{
    return Error(ErrorCode::NotPermitted,
                 commands ? QStringLiteral("This worker runs no commands for this broker: its key lacks the role "
                                           "command here.")
                          : QStringLiteral("This worker runs no commands."))
        .setReason(Reason::Rejected);
}

} // namespace

HeldAttempt *Engine::Private::owned(BrokerSession from, const LeaseRef &ref)
{
    const Session *session = this->session(from);
    HeldAttempt *attempt = session ? leases.find(ref) : nullptr;
    return attempt && attempt->broker == session->broker ? attempt : nullptr;
}

HeldAttempt *Engine::Private::owned(BrokerSession from, TaskId id)
{
    const Session *session = this->session(from);
    HeldAttempt *attempt = session ? leases.newest(id) : nullptr;
    return attempt && attempt->broker == session->broker ? attempt : nullptr;
}

void Engine::handle(BrokerSession from, const Assign &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    Private::Session *session = d->session(from);
    if (!session)
        return;
    const bool promised = d->grants.assigned(from);
    if (const HeldAttempt *known = d->owned(from, LeaseRef{message.id, message.token})) {
        if (known->stage == HeldAttempt::Stage::Done)
            d->tell(from, known->finished, turn);
        return;
    }
    if (HeldAttempt *older = d->owned(from, message.id))
        d->stopAttempt(*older, HeldAttempt::Ending::Cancelled, true, turn); // its lease is over with this one
    const auto refuse = [&](Returned::Why why) { d->tell(from, Returned{message.id, message.token, why}, turn); };
    if (d->stopping)
        return refuse(Returned::Why::Stopping);
    if (message.depth > d->options.maxDepth)
        return refuse(Returned::Why::Depth);
    if (!promised && d->freePlaces() == 0)
        return refuse(Returned::Why::Busy);
    HeldAttempt *attempt = d->leases.add(message, session->broker);
    if (!attempt)
        return refuse(Returned::Why::Busy);
    attempt->assignedAt = now;
    if (message.leaseMs > 0)
        d->standings[session->broker].leaseTime = Milliseconds(message.leaseMs);
    attempt->leaseTime = d->leaseTimeOf(session->broker);
    session->nextRenewal = std::min(session->nextRenewal, now + attempt->leaseTime / 3);
    if (message.exclusive) {
        d->exclusive.append(attempt->ref);
        d->confirm(*attempt, *session, turn);
    }
    attempt->command = session->commands && message.function == d->commandFunction;
    if (message.streamCredit > 0)
        attempt->openStream().attach(message.streamFrom, message.streamCredit);
    ++d->open;
    if (message.function == d->commandFunction && !attempt->command)
        return d->finish(*attempt, mayNotCommand(d->options.commands), turn);
    d->accept(*attempt, from, turn);
}

void Engine::Private::accept(HeldAttempt &attempt, BrokerSession from, Turn turn)
{
    const Payload &arguments = attempt.assign.arguments;
    if (arguments.has(Segment::Blob) && arguments.segments().size() == 1) {
        setStage(attempt, Stage::Preparing, turn.now);
        return turn.act(FetchArguments{from, attempt.ref, arguments});
    }
    if (!arguments.isInline())
        return finish(attempt,
                      Error(arguments.inlineBytes().error()).setCode(ErrorCode::TaskFailed).setReason(Reason::Rejected),
                      turn);
    admit(attempt, turn);
}

//! It has all that it needs.
void Engine::Private::admit(HeldAttempt &attempt, Turn turn)
{
    if (!isSafe(attempt))
        return setStage(attempt, Stage::Preparing, turn.now);
    enqueue(attempt, false, turn);
    place(turn);
}

void Engine::argumentsFetched(const LeaseRef &lease, const Result<Payload> &arguments, MonotonicTime now,
                              WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    HeldAttempt *attempt = d->leases.find(lease);
    if (!attempt || !attempt->isFetching())
        return;
    if (!arguments)
        return d->finish(*attempt, arguments.error(), turn);
    attempt->assign.arguments = *arguments;
    d->admit(*attempt, turn);
}

void Engine::handle(BrokerSession from, const Demand &message, MonotonicTime, WorkerActions &)
{
    d->grants.demand(from, message.tasks);
}

void Engine::handle(BrokerSession from, const FinishedAck &message, MonotonicTime now, WorkerActions &actions)
{
    for (const LeaseRef &ref : message.leases) {
        HeldAttempt *attempt = d->owned(from, ref);
        if (!attempt || attempt->stage != HeldAttempt::Stage::Done)
            continue;
        d->unspool(*attempt, {now, actions});
        d->release(*attempt, {now, actions});
    }
}

void Engine::Private::release(HeldAttempt &attempt, Turn turn)
{
    if (!attempt.stream || !attempt.stream->hasReader() || attempt.stream->isRead())
        return leases.remove(attempt.ref);
    if (std::exchange(attempt.acknowledged, true))
        return;
    attempt.since = turn.now;
    lingering.append(attempt.ref);
}

void Engine::handle(BrokerSession from, const Renewed &message, MonotonicTime now, WorkerActions &actions)
{
    Private::Session *session = d->session(from);
    const quint64 answered = session ? session->renewals - session->unanswered.size() : 0;
    if (!session || message.number <= answered || message.number > session->renewals)
        return;
    const auto last = session->unanswered.begin() + qsizetype(message.number - answered);
    const MonotonicTime sentAt = *(last - 1);
    session->unanswered.erase(session->unanswered.begin(), last);
    d->standings[session->broker].renewedAt = sentAt;
    d->confirmed(*session, message.number, sentAt, {now, actions});
}

void Engine::handle(BrokerSession from, const Stop &message, MonotonicTime now, WorkerActions &actions)
{
    using Ending = HeldAttempt::Ending;
    const Ending ending = message.reason == Reason::WorkerLost ? Ending::LeaseLost : Ending::Cancelled;
    if (HeldAttempt *attempt = d->owned(from, LeaseRef{message.id, message.token}))
        d->stopAttempt(*attempt, ending, message.force, {now, actions});
}

void Engine::Private::stopAttempt(HeldAttempt &attempt, Ending ending, bool force, Turn turn)
{
    if (attempt.stage == Stage::Done)
        return;
    goOn(attempt, turn); // it is to hear of it
    if (attempt.ending == Ending::None || attempt.ending == Ending::SoftTimedOut)
        attempt.ending = ending;
    if (attempt.isHere())
        return finish(attempt, Error(), turn);
    const bool timedOut = ending == Ending::SoftTimedOut || ending == Ending::TimedOut;
    if (attempt.command) {
        turn.act(StopCommand{attempt.ref, false});
    } else if (const ExecutorState *executor = executors.find(attempt.executor)) {
        if (attempt.stage == Stage::Placed && !std::exchange(attempt.takingBack, true))
            tell(*executor, TakeBack{attempt.ref.id, attempt.ref.token}, turn);
        tell(*executor, Stop{attempt.ref.id, attempt.ref.token, force, timedOut ? Reason::Timeout : Reason::User},
             turn);
    }
    if (ending != Ending::SoftTimedOut && (force || attempt.command || timedOut) && !attempt.killAt)
        attempt.killAt = turn.now + options.killGrace;
}

void Engine::handle(BrokerSession from, const StreamOpen &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    HeldAttempt *attempt = d->owned(from, message.id);
    if (!attempt) {
        StreamItems nothing;
        nothing.id = message.id;
        nothing.end = true;
        d->tell(from, std::move(nothing), turn);
        return;
    }
    const bool same = message.attempt == 0 || message.attempt == attempt->ref.token.attempt;
    attempt->openStream().attach(same ? message.fromSeq : 0, message.credit);
    attempt->heldSince.reset();
    if (attempt->stage == HeldAttempt::Stage::Done)
        attempt->stream->end();
    d->flushStream(*attempt, turn);
}

void Engine::handle(BrokerSession from, const StreamCredit &message, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->owned(from, message.id);
    if (!attempt || !attempt->stream)
        return;
    attempt->stream->setCredit(message.credit);
    if (message.attempt == attempt->ref.token.attempt)
        attempt->stream->acknowledge(message.read);
    d->flushStream(*attempt, {now, actions});
    if (attempt->acknowledged && attempt->stream->isRead())
        d->leases.remove(attempt->ref);
}

void Engine::handle(BrokerSession from, const StreamClose &message, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->owned(from, message.id);
    if (!attempt || !attempt->stream)
        return;
    if (message.lost)
        return d->holdReader(*attempt, {now, actions});
    attempt->stream->detach();
    d->flushStream(*attempt, {now, actions});
    if (attempt->acknowledged)
        d->leases.remove(attempt->ref);
}

// For a while nothing is dropped, so that a reader that comes back misses nothing.
void Engine::Private::holdReader(HeldAttempt &attempt, Turn turn)
{
    if (!attempt.stream->hasReader() || attempt.heldSince)
        return;
    attempt.stream->hold();
    attempt.heldSince = turn.now;
    holding.append(attempt.ref);
}

// Sends what the reader takes, and lets who writes go on, or not.
void Engine::Private::flushStream(HeldAttempt &attempt, Turn turn)
{
    AttemptStream &stream = *attempt.stream;
    for (AttemptStream::Batch batch = stream.take(); !batch.isEmpty(); batch = stream.take())
        tell(attempt.broker, StreamItems{attempt.ref.id, attempt.ref.token.attempt, std::move(batch.items), batch.end},
             turn);
    if (attempt.command && attempt.stage == Stage::Running && attempt.paused != stream.isFull()) {
        attempt.paused = stream.isFull();
        turn.act(PauseCommand{attempt.ref, attempt.paused});
    }
    const ExecutorState *executor = attempt.stage == Stage::Done ? nullptr : executors.find(attempt.executor);
    const quint64 allowed = stream.allowance();
    if (executor && allowed >= attempt.allowed + StreamItem::capacity / 4) {
        attempt.allowed = allowed;
        tell(*executor, StreamCredit{attempt.ref.id, allowed, attempt.ref.token.attempt}, turn);
    }
}

} // namespace drover
