// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/leases.h"

#include "task/taskinfo.h"

namespace drover {

AttemptStream &HeldAttempt::openStream()
{
    if (!stream)
        stream = std::make_unique<AttemptStream>();
    return *stream;
}

void HeldAttempt::keepLog(const QByteArray &line)
{
    if (!log)
        log = std::make_unique<LogTail>(maxKeptLog);
    log->append(line);
}

HeldAttempt *HeldLeases::add(const Assign &assign, const QByteArray &broker)
{
    const LeaseRef ref{assign.id, assign.token};
    if (find(ref))
        return nullptr;
    HeldAttempt attempt;
    attempt.ref = ref;
    attempt.broker = broker;
    attempt.assign = assign;
    ++m_counts[broker];
    return &m_attempts.emplace(assign.id, std::move(attempt))->second;
}

HeldAttempt *HeldLeases::find(const LeaseRef &ref)
{
    const auto [first, last] = m_attempts.equal_range(ref.id);
    for (auto it = first; it != last; ++it) {
        if (it->second.ref.token == ref.token)
            return &it->second;
    }
    return nullptr;
}

HeldAttempt *HeldLeases::newest(TaskId id)
{
    HeldAttempt *found = nullptr;
    const auto [first, last] = m_attempts.equal_range(id);
    for (auto it = first; it != last; ++it) {
        if (!found || found->ref.token < it->second.ref.token)
            found = &it->second;
    }
    return found;
}

void HeldLeases::remove(const LeaseRef &ref)
{
    const auto [first, last] = m_attempts.equal_range(ref.id);
    for (auto it = first; it != last; ++it) {
        if (it->second.ref.token != ref.token)
            continue;
        --m_counts[it->second.broker];
        m_attempts.erase(it);
        return;
    }
}

QList<HeldLease> HeldLeases::heldOf(const QByteArray &broker) const
{
    QList<HeldLease> held;
    for (const auto &[id, attempt] : m_attempts) {
        if (attempt.broker == broker && !attempt.acknowledged)
            held.append(attempt.held());
    }
    return held;
}

bool HeldLeases::holdsOf(const QByteArray &broker) const
{
    return m_counts.value(broker) > 0;
}

QList<LeaseRef> HeldLeases::refs() const
{
    QList<LeaseRef> refs;
    for (const auto &[id, attempt] : m_attempts)
        refs.append(attempt.ref);
    return refs;
}

} // namespace drover
