// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/store.h"
#include "broker/storefile.h"
#include "broker/storelog.h"
#include "broker/storequery.h"
#include "broker/storetables.h"

namespace drover {

//! The store without its thread: log, fold and tables of one file, for one thread at a time.
//! All functions throw TaskError (StorageFailed); after that nothing more may be asked of it.
class StoreCore
{
public:
    //! Opens or makes the file and replays its commits into the tables. \a nowMs (UTC) decides what is old.
    StoreCore(const QString &path, Durability durability, qsizetype window, qint64 nowMs);
    ~StoreCore();

    //! Empty after the first call.
    Recovered takeRecovered() { return std::exchange(m_recovered, {}); }

    //! Takes a record into the group that the next commit() writes.
    void add(const Record &record) { m_fold.add(record); }
    //! Writes the group as one transaction, and syncs it where the durability says so.
    void commit();
    //! Brings the tables up to the commits, which go, in one transaction.
    void pass();
    bool hasChanges() const { return !m_fold.isEmpty(); }
    //! True when memory asks for a pass.
    bool wantsPass() const { return m_fold.changes().size() >= maxChanges || m_fold.bytes() >= maxBytes; }

    QList<StoredTask> load(quint32 lane, quint64 fromTurn, qsizetype limit);
    TaskFound find(quint64 request, const TaskId &id);
    //! Answers from the tables of this connection; only where no other can see them.
    TasksListed query(const QueryRequest &question);
    //! Where another connection can read what was committed and passed; empty for a store in memory.
    QString sharedPath() const;

private:
    static constexpr size_t maxChanges = 20'000;
    static constexpr qsizetype maxBytes = 64 * 1024 * 1024;
    static constexpr int maxLogPages = 8192; //!< 32 MiB

    void open(qsizetype window, qint64 nowMs);
    void writeTables();
    void checkSize();
    void replay();
    void forgetOld(qint64 nowMs);
    void forgetUnused();
    void readLanes();
    void readClients();
    void readKeys();
    void readBatches();
    void recover(qsizetype window);

    std::unique_ptr<FileLock> m_lock;
    Durability m_durability;
    Database m_database;
    std::optional<StoreLog> m_log;
    std::optional<StoreTables> m_tables;
    StoreFold m_fold;
    Recovered m_recovered;
};

} // namespace drover
