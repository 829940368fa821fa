// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker_p.h"

namespace drover {

namespace {

constexpr Milliseconds newcomerTime{10'000}; // in which whoever started a broker comes to it

} // namespace

Idleness Broker::Private::firstIdleness() const
{
    const Milliseconds limit = options.idleExit;
    return Idleness(limit > Milliseconds::zero() ? std::max(limit, newcomerTime) : limit);
}

BrokerActivity Broker::Private::activity() const
{
    BrokerActivity activity;
    activity.unfinished = scheduler.hasUnfinished();
    if (activity.unfinished)
        return activity;
    activity.clients = sessions->hasClients();
    activity.arriving = server && server->hasGuests();
    return activity;
}

void Broker::Private::watchIdleness()
{
    if (!idleness.isEnabled() || broken)
        return;
    const MonotonicTime now = clock.monotonic();
    idleness.update(activity().isBusy(), now);
    if (const auto due = idleness.due())
        idleTimer.start(std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(*due - now)));
    else
        idleTimer.stop();
}

} // namespace drover
