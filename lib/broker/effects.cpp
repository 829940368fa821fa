// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/effects.h"

namespace drover {

void Effects::record(Record record, QueueDurability need)
{
    AppendRecords *batch = openBatch();
    if (!batch) {
        m_batch = m_actions->size();
        m_sealed = false;
        m_actions->push_back(AppendRecords{++m_number, {}, false});
        batch = &std::get<AppendRecords>(m_actions->back());
    }
    batch->records.append(std::move(record));
    if (need == QueueDurability::Disk) {
        batch->sync = true;
        m_synced = m_number;
    }
    if (need != QueueDurability::Memory)
        m_written = m_number;
}

AppendRecords *Effects::openBatch()
{
    if (m_sealed || m_batch >= m_actions->size())
        return nullptr;
    auto *batch = std::get_if<AppendRecords>(&(*m_actions)[m_batch]);
    return batch && batch->number == m_number ? batch : nullptr;
}

void Effects::load(quint32 lane, quint64 fromTurn, qsizetype limit)
{
    m_sealed = true;
    m_actions->push_back(LoadLane{lane, fromTurn, limit});
}

void Effects::find(quint64 request, TaskId id)
{
    m_sealed = true;
    m_actions->push_back(FindTask{request, id});
}

void Effects::query(quint64 request, TaskQuery query, QByteArray owner)
{
    m_sealed = true;
    m_actions->push_back(QueryTasks{request, std::move(query), std::move(owner)});
}

} // namespace drover
