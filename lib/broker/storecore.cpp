// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storecore.h"

namespace drover {

StoreCore::~StoreCore() = default;

void StoreCore::commit()
{
    const std::vector<QByteArrayView> buffers = m_fold.takeUncommitted();
    if (buffers.empty() || m_durability == Durability::Memory)
        return;
    Transaction transaction(m_database);
    for (const QByteArrayView &records : buffers)
        m_log->append(records);
    transaction.commit();
}

void StoreCore::pass()
{
    if (m_fold.isEmpty())
        return;
    // the commits are on the disk already; losing this transaction only means to replay them
    if (m_durability == Durability::Disk)
        m_database.execute("PRAGMA synchronous=NORMAL");
    Transaction transaction(m_database);
    writeTables();
    transaction.commit();
    m_fold.clear();
    if (m_durability == Durability::Disk)
        m_database.execute("PRAGMA synchronous=FULL");
    if (m_database.logPages() >= maxLogPages)
        m_database.checkpoint();
}

void StoreCore::writeTables()
{
    m_tables->apply(m_fold);
    m_log->removeUpTo(m_log->last());
}

QList<StoredTask> StoreCore::load(quint32 lane, quint64 fromTurn, qsizetype limit)
{
    pass();
    return m_tables->load(lane, fromTurn, limit);
}

TaskFound StoreCore::find(quint64 request, const TaskId &id)
{
    return m_tables->find(request, id, m_fold);
}

TasksListed StoreCore::query(const QueryRequest &question)
{
    return StoreQuery(m_database).run(question);
}

QString StoreCore::sharedPath() const
{
    return m_durability == Durability::Memory ? QString() : m_database.path();
}

} // namespace drover
