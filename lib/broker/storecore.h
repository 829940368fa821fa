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
    //! Writes the group as one transaction, and syncs it when \a sync says so. Whether all that was committed would survive
    //! power loss now.
    bool commit(bool sync = true);
    //! Brings the tables up to the commits, which go, in one transaction.
    void pass();
    //! When there is nothing else to do, or mustForget(): a pass, and what is due by \a nowMs (UTC).
    void tidy(qint64 nowMs);
    //! Whether something that tidy() would do is due, however much there is to do.
    bool mustForget(qint64 nowMs) const;
    //! Gives some unused pages back; false when there are none left. After a transient error (no room for it) the store goes on.
    bool compactStep();
    //! Bytes of the file.
    quint64 fileSize() const;
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
    void setSync(bool on);
    void readQueues();
    void checkSize();
    void replay();
    void forgetOld(qint64 nowMs);
    void forgetUnused();
    void readLanes();
    void readClients();
    void readKeys();
    void readBatches();
    void recover(qsizetype window);

    static constexpr int compactedPages = 256; //!< a step: 1 MiB
    static constexpr qint64 forgetEveryMs = 3600 * 1000;

    std::unique_ptr<FileLock> m_lock;
    Durability m_durability;
    bool m_syncs = true; //!< what commits do now
    bool m_unsynced = false; //!< something was committed since the last sync
    qint64 m_forgotMs = 0;
    Database m_database;
    std::optional<StoreLog> m_log;
    std::optional<StoreTables> m_tables;
    StoreFold m_fold;
    Recovered m_recovered;
};

} // namespace drover
