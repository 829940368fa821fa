// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "ledger.h"

#include <algorithm>

namespace drover::simulation {

TaskId taskOf(const Record &record)
{
    return std::visit(
        [](const auto &known) {
            if constexpr (requires { known.task.submission; })
                return known.task.submission.id;
            else if constexpr (requires { known.id; })
                return known.id;
            else
                return TaskId();
        },
        record);
}

const Facts *Ledger::find(const Tasks &tasks, const TaskId &id)
{
    const auto it = tasks.find(id);
    return it == tasks.end() ? nullptr : &it->second;
}

void Ledger::apply(Tasks &tasks, std::set<QString> &pauses, const Record &record)
{
    if (const auto *changed = std::get_if<QueueChanged>(&record)) {
        if (changed->settings.paused)
            pauses.insert(changed->settings.name);
        else
            pauses.erase(changed->settings.name);
    }
    const TaskId id = taskOf(record);
    if (id.isNull())
        return;
    Facts &facts = tasks[id];
    if (const auto *added = std::get_if<TaskAdded>(&record)) {
        facts.task = added->task;
        ++facts.added;
    } else if (const auto *updated = std::get_if<TaskUpdated>(&record)) {
        facts.task.delivery = updated->delivery;
    } else if (const auto *ended = std::get_if<TaskEnded>(&record)) {
        if (!facts.ending)
            facts.ending = ended->ending;
        ++facts.endings;
    } else if (const auto *orphan = std::get_if<OrphanAdded>(&record)) {
        facts.orphans.append(orphan->orphan);
    }
}

void Ledger::write(quint64 number, const Record &record)
{
    apply(m_written, m_writtenPauses, record);
    m_pending.push_back({number, record});
}

void Ledger::commit(quint64 number)
{
    m_committed = number;
    while (!m_pending.empty() && m_pending.front().number <= number) {
        apply(m_durable, m_durablePauses, m_pending.front().record);
        m_pending.pop_front();
    }
}

void Ledger::crash()
{
    for (const Pending &lost : m_pending) {
        const TaskId id = taskOf(lost.record);
        if (const auto kept = m_durable.find(id); kept != m_durable.end())
            m_written[id] = kept->second;
        else
            m_written.erase(id);
    }
    m_writtenPauses = m_durablePauses;
    m_pending.clear();
    m_committed = 0;
}

quint64 Ledger::pendingNumber(const TaskId &id) const
{
    const auto last = std::find_if(m_pending.rbegin(), m_pending.rend(),
                                   [&](const Pending &pending) { return taskOf(pending.record) == id; });
    return last == m_pending.rend() ? 0 : last->number;
}

} // namespace drover::simulation
