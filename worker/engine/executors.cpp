// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/executors.h"

#include <algorithm>

namespace drover {

namespace {

template <typename F> quint32 countIf(const std::map<quint32, ExecutorState> &executors, F &&matches)
{
    return quint32(
        std::count_if(executors.begin(), executors.end(), [&](const auto &entry) { return matches(entry.second); }));
}

} // namespace

ExecutorState &ExecutorTable::add(MonotonicTime now)
{
    ExecutorState &executor = m_executors[++m_lastId];
    executor.id = m_lastId;
    executor.idleSince = now;
    return executor;
}

ExecutorState *ExecutorTable::find(quint32 id)
{
    const auto found = m_executors.find(id);
    return found == m_executors.end() ? nullptr : &found->second;
}

ExecutorState *ExecutorTable::idle()
{
    for (auto &[id, executor] : m_executors) {
        if (executor.isIdle() && !executor.outdated)
            return &executor;
    }
    return nullptr;
}

ExecutorState *ExecutorTable::quickest(size_t limit)
{
    ExecutorState *best = nullptr;
    for (auto &[id, executor] : m_executors) {
        const bool fits =
            executor.isActive() && !executor.blocked && executor.quick && !executor.killed && !executor.outdated;
        if (fits && executor.attempts.size() < limit && (!best || executor.attempts.size() < best->attempts.size()))
            best = &executor;
    }
    return best;
}

quint32 ExecutorTable::active() const
{
    return countIf(m_executors, [](const ExecutorState &e) { return e.isActive(); });
}

quint32 ExecutorTable::serving() const
{
    return countIf(m_executors, [](const ExecutorState &e) { return !e.blocked && !e.killed && !e.outdated; });
}

quint32 ExecutorTable::starting() const
{
    return countIf(m_executors, [](const ExecutorState &e) { return !e.ready && !e.killed; });
}

quint32 ExecutorTable::blocked() const
{
    return countIf(m_executors, [](const ExecutorState &e) { return e.blocked; });
}

} // namespace drover
