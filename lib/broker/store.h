// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"
#include "support/result.h"
#include "task/taskquery.h"

#include <QtCore/QSet>

#include <functional>
#include <memory>

namespace drover {

//! When a commit counts as kept.
enum class Durability : quint8 {
    Disk = 1, //!< after fdatasync: survives power loss
    Process = 2, //!< after write: survives kill -9 of every process
    Memory = 3, //!< nothing survives
};
QString toString(Durability durability);

//! One lane as found when the store was opened.
struct RecoveredLane
{
    quint32 number = 0;
    LaneKey key;
    quint64 queued = 0; //!< tasks Pending in it, those of the window among them
    quint64 nextTurn = 0;
    QList<StoredTask> window; //!< the first of them, in order
};

//! What a broker needs in memory to go on after a restart: windows, not tasks.
struct Recovered
{
    quint64 epoch = 0; //!< already raised and synced
    QList<RecoveredLane> lanes;
    QList<StoredTask> leased; //!< Received, Paused, Cancelling: all of them
    QList<StoredTask> scheduled; //!< Scheduled, Retry, Held, Trashed: all of them
    QList<ClientMark> clients;
    QList<KeyEntry> keys;
    QList<StoredBatch> batches;
    QList<QueueSettings> queues;
    quint64 finished = 0; //!< tasks in history
    QSet<QByteArray> blobs; //!< hashes of the large values that some task names
    qint64 agedMs = 0; //!< UTC by which age is judged: now, but at most a day after the last thing that was written
};

//! What the store answers, in the order asked. Read with Store::takeReplies().
struct Committed
{
    quint64 number = 0; //!< all appended with this number or a lower one is written
    bool synced = true; //!< and would survive power loss
};
struct LaneLoaded
{
    quint32 lane = 0;
    QList<StoredTask> tasks;
};
struct TaskFound
{
    quint64 request = 0;
    std::variant<std::monostate, StoredTask, FinishedTask> task;
    QList<OrphanInfo> orphans = {}; //!< of it
};
struct TasksListed
{
    quint64 request = 0;
    TaskPage page; //!< as recorded: what only memory knows (STARTED, progress) is not in it
    Error error; //!< why the page is empty, if it could not be read
};
struct MaintenanceDone
{
    quint64 request = 0;
    Result<MaintenanceResult> result;
};
struct StoreFailed
{
    Error error; //!< the store takes nothing more; what was not answered Committed is not kept
};
using StoreReply = std::variant<Committed, LaneLoaded, TaskFound, TasksListed, MaintenanceDone, StoreFailed>;

//! The queues and results of one broker in one SQLite file. One process a file.
//!
//! The front may be called from one thread, the broker's; it never waits for the disk. A writer thread takes all that was
//! appended while the last sync ran as the next transaction and appends it as one blob to the table `commits`. The
//! tables `live`, `history`, `lanes`, `clients`, `keys` and `batches` follow in transactions of their own, before anything
//! that reads them is answered. load() and find() are answered by that thread, query() by a third one that only reads:
//! each after all that was appended before it, and a long query holds up nothing else.
class Store
{
public:
    virtual ~Store() = default;

    //! Opens or makes the file at \a path (":memory:" only with Durability::Memory). Errors: StorageFailed (in use by
    //! another process, network file system, read-only, corrupt, disk full) and VersionMismatch (newer format); each
    //! names the file and the remedy. \a wake is called from the writer thread when replies are there (once until
    //! takeReplies()).
    static Result<std::unique_ptr<Store>> open(const QString &path, Durability durability, qsizetype window,
                                               std::function<void()> wake);

    //! Empty after the first call.
    virtual Recovered takeRecovered() = 0;
    //! Appends \a records under \a number, which grows with each call. Without \a sync they may be lost with the power,
    //! until something behind them is synced.
    virtual void append(quint64 number, QList<Record> records, bool sync = true) = 0;
    //! Up to \a limit Pending tasks of \a lane with turn >= \a fromTurn, in order.
    virtual void load(quint32 lane, quint64 fromTurn, qsizetype limit) = 0;
    //! The task \a id, unfinished or from history.
    virtual void find(quint64 request, TaskId id) = 0;
    //! The tasks that \a query asks for, those of \a owner only unless it is empty. RECEIVED stands for STARTED, too. A
    //! search that takes longer than a second ends where it is.
    virtual void query(quint64 request, TaskQuery query, QByteArray owner) = 0;
    //! A copy in \a path, or unused pages given back, while all else goes on.
    virtual void maintain(quint64 request, Maintenance what, QString path) = 0;
    virtual QList<StoreReply> takeReplies() = 0;
    //! Writes and syncs all that was appended, then closes. The destructor does the same.
    virtual void close() = 0;
};

//! The key under which a task with an idempotency key, or a child, is found again; empty for others.
QByteArray idempotencyKey(const Submission &submission, const QByteArray &owner);
//! SHA-256 over function and arguments.
QByteArray argumentsDigest(const Submission &submission);

} // namespace drover
