// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "node.h"

#include "world.h"

#include <algorithm>

namespace drover::simulation {

namespace {

constexpr qint64 wallOrigin = 1'800'000'000'000; // UTC, at the beginning of time

} // namespace

Node::Node(World &world, QString name) : m_world(world), m_name(std::move(name)) {}

Now Node::now() const
{
    const MonotonicTime time = m_world.time();
    const auto elapsed = std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count();
    return {time + m_skew, wallOrigin + elapsed + m_wallStepMs};
}

void Node::start()
{
    if (isUp())
        return;
    m_startsAwake = m_asleep;
    if (m_asleep)
        return;
    ++m_life;
    trace(QStringLiteral("starts"));
    begin();
}

void Node::crash(bool machine)
{
    if (!isUp())
        return;
    trace(machine ? QStringLiteral("loses its power") : QStringLiteral("is killed"));
    m_world.network().ended(*this);
    end(machine);
    ++m_life;
    m_missed.clear();
    if (machine)
        m_skew = std::chrono::seconds(m_world.random().below(100'000)) - std::chrono::hours(1);
}

void Node::sleep(std::chrono::nanoseconds time)
{
    if (m_asleep)
        return;
    trace(QStringLiteral("sleeps for %1 ms").arg(time / std::chrono::milliseconds(1)));
    m_asleep = true;
    ++m_sleeps;
    m_world.timeline().at(m_world.time() + time, [this, time] { wake(time); });
}

void Node::wake(std::chrono::nanoseconds slept)
{
    m_asleep = false;
    trace(QStringLiteral("wakes"));
    if (isUp())
        woken(slept);
    if (std::exchange(m_startsAwake, false))
        start();
    std::vector<Missed> missed = std::exchange(m_missed, {});
    const auto first = m_world.random().oneIn(2) ? Cause::Timer : Cause::Arrival;
    std::stable_partition(missed.begin(), missed.end(), [first](const Missed &one) { return one.cause == first; });
    const quint64 life = m_life;
    for (const Missed &one : missed) {
        if (life == m_life)
            one.event();
    }
}

void Node::later(std::chrono::nanoseconds delay, std::function<void()> event, Cause cause)
{
    m_world.timeline().at(m_world.time() + delay, [this, life = m_life, cause, event = std::move(event)]() mutable {
        if (life == m_life)
            happen(std::move(event), cause);
    });
}

void Node::happen(std::function<void()> event, Cause cause)
{
    if (m_asleep)
        m_missed.push_back({std::move(event), cause});
    else
        event();
}

void Node::trace(const QString &text) const
{
    m_world.trace(m_name, text);
}

} // namespace drover::simulation
