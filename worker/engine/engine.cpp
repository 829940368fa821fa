// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

namespace drover {

Engine::Engine(EngineOptions options) : d(std::make_unique<Private>(std::move(options)))
{
    d->functionsKnown = !d->options.executors;
}

Engine::~Engine() = default;

Engine::Private::Session *Engine::Private::session(BrokerSession id)
{
    const auto found = sessions.find(id);
    return found == sessions.end() ? nullptr : &found->second;
}

void Engine::Private::tell(BrokerSession session, WorkerToBrokerMessage message, Turn turn)
{
    turn.act(TellBroker{session, std::move(message)});
}

void Engine::Private::tell(const QByteArray &broker, WorkerToBrokerMessage message, Turn turn)
{
    const Session *to = session(current.value(broker));
    if (to && to->offered)
        tell(to->id, std::move(message), turn);
}

void Engine::Private::tell(const ExecutorState &executor, WorkerToExecutorMessage message, Turn turn)
{
    turn.act(TellExecutor{executor.id, std::move(message)});
}

Offer Engine::Private::offerFor(const Session &session) const
{
    Offer offer;
    offer.slots = options.slots;
    offer.tags = options.tags;
    offer.functions = functions;
    if (session.commands)
        offer.functions.append(runCommand.signature());
    offer.held = leases.heldOf(session.broker);
    offer.incarnation = options.incarnation;
    offer.stopping = stopping;
    return offer;
}

void Engine::Private::offer(Session &session, Turn turn)
{
    tell(session.id, offerFor(session), turn);
    if (!std::exchange(session.offered, true))
        present(session, turn);
}

void Engine::Private::offerAll(Turn turn)
{
    for (auto &[id, session] : sessions)
        offer(session, turn);
}

// Children go before results: a broker takes submits only from attempts that have not ended.
void Engine::Private::present(Session &session, Turn turn)
{
    grants.open(session.id);
    // leases that lived through a lost link are renewed at once
    session.nextRenewal = leases.holdsOf(session.broker) ? turn.now : turn.now + leaseTimeOf(session.broker) / 3;
    for (const ChildTask &child : children.of(session.broker)) {
        if (child.accepted)
            tell(session.id, Watch{child.submit.id, true}, turn);
        else
            tell(session.id, child.submit, turn);
    }
    leases.forEach([&](HeldAttempt &attempt) {
        if (attempt.broker == session.broker && attempt.isFetching())
            turn.act(FetchArguments{session.id, attempt.ref, attempt.assign.arguments});
        if (attempt.broker == session.broker && attempt.stage == Stage::Done && !attempt.acknowledged
            && !DROVER_FAULT(ResultNotResent))
            tell(session.id, attempt.finished, turn);
    });
    confirmAll(session, turn);
}

void Engine::Private::dropReaders(const QByteArray &broker, Turn turn)
{
    leases.forEach([&](HeldAttempt &attempt) {
        if (attempt.broker != broker || !attempt.stream)
            return;
        holdReader(attempt, turn);
    });
}

void Engine::brokerConnected(BrokerSession session, const QByteArray &broker, bool commands, MonotonicTime now,
                             WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    if (d->over)
        return; // what is being killed may not be over yet: to say that nothing is held would be too early
    if (const BrokerSession old = d->current.value(broker); d->session(old)) {
        brokerDisconnected(old, now, actions);
        turn.act(DropSession{
            old, Error(ErrorCode::Unavailable, QStringLiteral("A newer session of this broker replaces this one"))});
    }
    Private::Session &added = d->sessions[session];
    added.id = session;
    added.broker = broker;
    added.commands = commands && d->options.commands;
    d->current.insert(broker, session);
    if (d->functionsKnown)
        d->offer(added, turn);
}

void Engine::brokerDisconnected(BrokerSession session, MonotonicTime now, WorkerActions &actions)
{
    const Private::Session *gone = d->session(session);
    if (!gone)
        return;
    const QByteArray broker = gone->broker;
    d->grants.close(session);
    d->sessions.erase(session);
    d->current.remove(broker);
    d->dropReaders(broker, {now, actions});
    d->spoolAll(broker, {now, actions});
}

void Engine::start(MonotonicTime now, WorkerActions &actions)
{
    d->keepExecutors({now, actions});
}

void Engine::turn(MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    for (const GrantBook::Change &change : d->grants.distribute(d->freePlaces()))
        d->tell(change.session, Grant{change.assigns}, turn);
    d->checkEnd(turn);
}

} // namespace drover
