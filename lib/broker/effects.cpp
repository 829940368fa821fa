// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/effects.h"

namespace drover {

void Effects::record(Record record)
{
    AppendRecords *batch = openBatch();
    if (!batch) {
        m_batch = m_actions->size();
        m_sealed = false;
        m_actions->push_back(AppendRecords{++m_number, {}});
        batch = &std::get<AppendRecords>(m_actions->back());
    }
    batch->records.append(std::move(record));
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
