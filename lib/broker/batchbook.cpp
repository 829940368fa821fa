// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/batchbook.h"

namespace drover {

BatchInfo BatchBook::Entry::info() const
{
    const BatchRecord &head = stored.head;
    BatchInfo info;
    info.id = head.id;
    info.name = head.name;
    info.owner = head.ownerName;
    info.createdMs = head.createdMs;
    info.total = head.total;
    info.submitted = stored.submitted + head.refused;
    info.succeeded = stored.succeeded;
    info.failed = stored.failed + head.refused;
    info.revoked = stored.revoked;
    info.cancelled = head.cancelled;
    return info;
}

BatchBook::Entry *BatchBook::find(const TaskId &id)
{
    if (m_last && m_last->stored.head.id == id)
        return m_last;
    const auto it = m_batches.find(id);
    if (it == m_batches.end())
        return nullptr;
    m_last = &it->second;
    return m_last;
}

bool BatchBook::isCancelled(const TaskId &id, quint32 number) const
{
    if (!number)
        return false;
    const Entry *entry = find(batchOf(id));
    return entry && entry->stored.head.cancelled;
}

BatchBook::Entry &BatchBook::insert(const StoredBatch &batch)
{
    Entry &entry = m_batches[batch.head.id];
    entry.stored = batch;
    return entry;
}

void BatchBook::removeSession(SessionId session)
{
    for (auto &[id, entry] : m_batches)
        entry.watchers.erase(session);
}

void BatchBook::changed(const Entry &entry)
{
    m_changes.insert(entry.stored.head.id);
    if (!entry.watchers.empty())
        m_news.insert(entry.stored.head.id);
}

void BatchBook::forget(qint64 beforeMs)
{
    m_last = nullptr;
    std::erase_if(m_batches, [beforeMs](const auto &batch) {
        const Entry &entry = batch.second;
        return entry.watchers.empty() && entry.stored.isIdle() && entry.stored.changedMs < beforeMs;
    });
}

} // namespace drover
