// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/sqlite.h"
#include "broker/store.h"
#include "broker/storefold.h"

namespace drover {

//! The tables `live`, `history`, `lanes`, `clients`, `keys` and `batches`, which follow behind the commits. Throws as Database does.
class StoreTables
{
public:
    explicit StoreTables(Database &database);

    //! Writes all that \a fold holds, inside the caller's transaction. The caller clears the fold after the commit.
    void apply(StoreFold &fold);

    //! As Store::load(), for tables that have everything.
    QList<StoredTask> load(quint32 lane, quint64 fromTurn, qsizetype limit);
    //! As Store::find(); what \a fold knows goes before the rows.
    TaskFound find(quint64 request, const TaskId &id, const StoreFold &fold);
    //! The unfinished tasks that are not Pending.
    QList<StoredTask> busy();
    //! Drops the results whose time is over, some at a time, in a transaction of its own.
    void forgetResults(qint64 nowMs);
    quint64 finished() const { return quint64(m_finished); }

private:
    void applyEnded(const TaskChange &change, StoreFold &fold);
    void applyUpdated(const TaskChange &change, StoreFold &fold);
    void applyAdded(StoreFold &fold);
    void applyKeys(StoreFold &fold);
    void applyLanesAndClients(StoreFold &fold);
    void applyBatches(StoreFold &fold);
    void applyOrphans(const StoreFold &fold);
    void applyQueues(StoreFold &fold);
    QList<OrphanInfo> orphansOf(const TaskId &id, const StoreFold &fold);
    std::variant<std::monostate, StoredTask, FinishedTask> findTask(const TaskId &id, const StoreFold &fold);
    StoredTask stored(qint64 key, QByteArrayView task, QByteArrayView delivery) const;
    FinishedTask finished(QByteArrayView task, QByteArrayView delivery, QByteArrayView ending) const;

    Database &m_database;
    QString m_path;
    qint64 m_finished;
    Statement m_insertLive, m_placeOf, m_updateLive, m_deleteLive;
    Statement m_insertHistory, m_moveToHistory, m_count;
    Statement m_insertKey, m_deleteKeys, m_insertLane, m_insertClient, m_insertBatch, m_insertOrphan, m_insertQueue,
        m_insertBlob;
    Statement m_load, m_live, m_history, m_busy, m_orphans, m_overdue, m_dropResult;
};

} // namespace drover
