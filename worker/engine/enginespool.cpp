// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"
#include "engine/resultspool.h"

// Results that the broker does not acknowledge soon are to outlive this process.
namespace drover {

void Engine::resultsFound(const QByteArray &broker, const QList<Finished> &results, MonotonicTime now)
{
    for (const Finished &result : results) {
        Assign assign;
        assign.id = result.id;
        assign.token = result.token;
        HeldAttempt *attempt = d->leases.add(assign, broker);
        if (!attempt)
            continue;
        attempt->stage = HeldAttempt::Stage::Done;
        attempt->since = now;
        attempt->startedSent = true;
        attempt->finished = result;
        attempt->spooled = true;
        ++d->spooled;
    }
}

void Engine::Private::awaitAcknowledgement(HeldAttempt &attempt, Turn turn)
{
    const Session *to = session(current.value(attempt.broker));
    if (!to || !to->offered)
        return spool(attempt, turn);
    if (unacknowledged.empty())
        spoolCheckAt = turn.now + options.spoolAfter;
    unacknowledged.push_back({attempt.ref, turn.now});
}

void Engine::Private::spool(HeldAttempt &attempt, Turn turn)
{
    if (attempt.stage != Stage::Done || attempt.acknowledged || !ResultSpool::takes(attempt.finished)
        || std::exchange(attempt.spooled, true))
        return;
    ++spooled;
    turn.act(SpoolResult{attempt.broker, attempt.finished});
}

// The link of \a broker is lost, and with it perhaps what was sent last.
void Engine::Private::spoolAll(const QByteArray &broker, Turn turn)
{
    leases.forEach([&](HeldAttempt &attempt) {
        if (attempt.broker == broker)
            spool(attempt, turn);
    });
}

// Seldom enough to cost nothing where all is acknowledged soon.
void Engine::Private::spoolLate(Turn turn)
{
    if (unacknowledged.empty() || turn.now < spoolCheckAt)
        return;
    while (!unacknowledged.empty() && turn.now - unacknowledged.front().sentAt >= options.spoolAfter) {
        if (HeldAttempt *attempt = leases.find(unacknowledged.front().ref))
            spool(*attempt, turn);
        unacknowledged.pop_front();
    }
    if (!unacknowledged.empty())
        spoolCheckAt = std::max(unacknowledged.front().sentAt + options.spoolAfter, turn.now + options.spoolAfter / 4);
}

void Engine::Private::unspool(HeldAttempt &attempt, Turn turn)
{
    if (!std::exchange(attempt.spooled, false))
        return;
    --spooled;
    turn.act(UnspoolResult{attempt.broker, attempt.ref});
}

} // namespace drover
