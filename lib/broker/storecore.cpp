// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storecore.h"

#include <QtCore/QFileInfo>

namespace drover {

StoreCore::~StoreCore() = default;

bool StoreCore::commit(bool sync)
{
    const std::vector<QByteArrayView> buffers = m_fold.takeUncommitted();
    if (m_durability == Durability::Memory)
        return true;
    if (!buffers.empty()) {
        setSync(sync);
        Transaction transaction(m_database);
        for (const QByteArrayView &records : buffers)
            m_log->append(records);
        transaction.commit();
        m_unsynced = !sync; // a sync of the log covers all of it
    }
    return !m_unsynced;
}

void StoreCore::setSync(bool on)
{
    if (std::exchange(m_syncs, on) != on)
        m_database.execute(on ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

void StoreCore::pass()
{
    if (m_fold.isEmpty())
        return;
    // the commits are on the disk already; losing this transaction only means to replay them
    if (m_durability != Durability::Memory)
        setSync(false);
    Transaction transaction(m_database);
    writeTables();
    transaction.commit();
    m_fold.clear();
    if (m_database.logPages() >= maxLogPages)
        m_database.checkpoint();
}

void StoreCore::tidy(qint64 nowMs)
{
    pass();
    if (!mustForget(nowMs))
        return;
    m_forgotMs = nowMs;
    m_tables->forgetResults(nowMs);
}

bool StoreCore::mustForget(qint64 nowMs) const
{
    return nowMs - m_forgotMs >= forgetEveryMs || nowMs < m_forgotMs;
}

bool StoreCore::compactStep()
{
    const bool stepwise = m_database.number("PRAGMA auto_vacuum") == 2;
    const bool any = m_database.number("PRAGMA freelist_count") > 0;
    if (any && stepwise) {
        m_database.execute(qPrintable(QStringLiteral("PRAGMA incremental_vacuum(%1)").arg(compactedPages)));
        if (m_database.logPages() >= maxLogPages)
            m_database.checkpoint();
        return true;
    }
    if (!stepwise) // a file of an older format, once; it may be larger than the memory
        m_database.execute("PRAGMA temp_store=FILE; PRAGMA auto_vacuum=INCREMENTAL; VACUUM; PRAGMA temp_store=MEMORY");
    m_database.checkpointAll();
    return false;
}

quint64 StoreCore::fileSize() const
{
    return quint64(QFileInfo(m_database.path()).size());
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
