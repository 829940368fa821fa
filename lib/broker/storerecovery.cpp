// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storecore.h"
#include "broker/storekeys.h"
#include "broker/storeschema.h"
#include "support/fault.h"
#include "support/home.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace drover {

namespace {

constexpr qint64 dayMs = qint64(24) * 3600 * 1000;
constexpr qint64 dedupWindowMs = 7 * dayMs;
constexpr qint64 pageSize = 4096; // as the pragma below has it

QString localAlternative(const QString &name)
{
    const Result<QString> home = homeFolder();
    const QString folder = home && networkFileSystem(*home).isEmpty() ? *home : QDir::tempPath();
    return QDir(folder).filePath(name);
}

void checkFileSystem(const QFileInfo &file)
{
    const QString type = networkFileSystem(file.absolutePath());
    if (type.isEmpty())
        return;
    const QString text =
        QStringLiteral("%1 lies on a network file system (%2), where locks and syncs cannot be relied on. "
                       "Give a path on a disk of this machine, for example %3.");
    throw TaskError(Error(ErrorCode::StorageFailed, text.arg(file.filePath(), type, localAlternative(file.fileName())))
                        .setDetail(QStringLiteral("path"), file.filePath()));
}

std::unique_ptr<FileLock> claim(const QString &path, Durability durability)
{
    if (durability == Durability::Memory)
        return nullptr;
    const QFileInfo file(path);
    checkFileSystem(file);
    std::unique_ptr<FileLock> lock = FileLock::take(path + QStringLiteral(".lock")).value();
    // made here, so that the log and everything else beside it get the same permissions from the start
    QFile data(path);
    if (!file.exists() && data.open(QIODevice::WriteOnly))
        data.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return lock;
}

Error unreadable(const Database &database, const char *table)
{
    return damaged(database.path(), QStringLiteral("a row of %1 cannot be read").arg(QLatin1StringView(table)));
}

} // namespace

StoreCore::StoreCore(const QString &path, Durability durability, qsizetype window, qint64 nowMs)
    : m_lock(claim(path, durability)), m_durability(durability),
      m_database(durability == Durability::Memory ? QStringLiteral(":memory:") : path)
{
    open(window, nowMs);
}

void StoreCore::open(qsizetype window, qint64 nowMs)
{
    m_database.execute(
        "PRAGMA busy_timeout=2000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA page_size=4096;"
        "PRAGMA secure_delete=OFF; PRAGMA fullfsync=1; PRAGMA checkpoint_fullfsync=1");
    prepareSchema(m_database);
    checkSize();
    // opening is as durable as can be: an epoch must never be given twice
    setDurability(m_database, m_durability == Durability::Memory ? Durability::Memory : Durability::Disk);
    m_database.execute("PRAGMA wal_autocheckpoint=0");
    // all in one: a file that turns out to be damaged stays as it was
    Transaction transaction(m_database);
    migrateSchema(m_database);
    m_log.emplace(m_database);
    m_tables.emplace(m_database);
    forgetOld(nowMs);
    readLanes();
    readClients();
    readKeys();
    readBatches();
    readQueues();
    replay();
    forgetUnused();
    recover(window);
    m_recovered.epoch = raiseEpoch(m_database);
    transaction.commit();
    m_fold.clear();
    setDurability(m_database, m_durability);
    m_syncs = m_durability == Durability::Disk;
}

void StoreCore::checkSize()
{
    const QString &path = m_database.path();
    const bool hasLog = QFileInfo(path + QStringLiteral("-wal")).size() > 0;
    // SQLite itself notices missing pages, but not a missing end of the last one
    if (m_durability != Durability::Memory && !hasLog && QFileInfo(path).size() % pageSize != 0)
        throw TaskError(damaged(path, QStringLiteral("its end is missing")));
}

void StoreCore::replay()
{
    qint64 number = 0;
    while (std::optional<StoreLog::Commit> commit = m_log->next(number)) {
        number = commit->number;
        if (DROVER_FAULT(ReplayStopsEarly) && number == m_log->last())
            break;
        if (!m_fold.replay(std::move(commit->records)))
            throw TaskError(damaged(m_database.path(), QStringLiteral("commit %1 holds unknown records").arg(number)));
    }
    m_recovered.queues = m_fold.changedQueues.values(); // the pass takes them
    writeTables();
}

void StoreCore::readLanes()
{
    Statement rows = m_database.prepare("SELECT number, key, queued, next_turn FROM lanes");
    while (rows.step()) {
        Result<LaneKey> key = decodeLaneKey(rows.blob(1));
        if (!key)
            throw TaskError(unreadable(m_database, "lanes"));
        m_fold.lanes.insert(quint32(rows.integer(0)), {*std::move(key), rows.integer(2), quint64(rows.integer(3))});
    }
}

void StoreCore::readClients()
{
    Statement rows = m_database.prepare("SELECT client, marks FROM clients");
    while (rows.step()) {
        const auto client = Id::fromBytes(rows.blob(0));
        const auto marks = SubmitMarks::fromBytes(rows.blob(1));
        if (!client || !marks)
            throw TaskError(unreadable(m_database, "clients"));
        m_fold.clients.insert(*client, *marks);
    }
}

void StoreCore::readKeys()
{
    Statement rows = m_database.prepare("SELECT key FROM keys");
    while (rows.step()) {
        if (const auto parent = parentOfKey(rows.blob(0)))
            m_fold.parents.insert(*parent);
    }
}

void StoreCore::readBatches()
{
    Statement rows =
        m_database.prepare("SELECT id, head, submitted, succeeded, failed, revoked, changed_ms FROM batches");
    while (rows.step()) {
        Result<BatchRecord> head = decodeBatch(rows.blob(1));
        if (!head)
            throw TaskError(unreadable(m_database, "batches"));
        const TaskId id = head->id;
        m_fold.batches.insert(id,
                              {*std::move(head), quint64(rows.integer(2)), quint64(rows.integer(3)),
                               quint64(rows.integer(4)), quint64(rows.integer(5)), rows.integer(6)});
    }
}

void StoreCore::readQueues()
{
    Statement rows = m_database.prepare("SELECT settings FROM queues");
    while (rows.step()) {
        Result<QueueSettings> settings = decodeQueue(rows.blob(0));
        if (!settings)
            throw TaskError(unreadable(m_database, "queues"));
        m_fold.changedQueues.insert(settings->name, *settings);
    }
}

void StoreCore::forgetOld(qint64 nowMs)
{
    // a clock that is far ahead makes nothing old
    const qint64 lastMs = std::max(m_database.number("SELECT max(last_ms) FROM clients"),
                                   m_database.number("SELECT finished_ms FROM history ORDER BY number DESC LIMIT 1"));
    m_recovered.agedMs = lastMs ? std::min(nowMs, lastMs + dayMs) : nowMs;
    const qint64 before = m_recovered.agedMs - dedupWindowMs;
    m_database.prepare("DELETE FROM clients WHERE last_ms < ?").run(before);
    // those of children, which begin with 1, go with their parent
    m_database
        .prepare("DELETE FROM keys WHERE submitted_ms < ?1 AND key >= x'02'"
                 " AND NOT EXISTS(SELECT 1 FROM live WHERE live.id = keys.id)"
                 " AND NOT EXISTS(SELECT 1 FROM history WHERE history.id = keys.id AND finished_ms >= ?1)")
        .run(before);
    m_database.prepare("DELETE FROM batches WHERE changed_ms < ? AND succeeded + failed + revoked >= submitted")
        .run(before);
}

void StoreCore::forgetUnused()
{
    Statement deleteLane = m_database.prepare("DELETE FROM lanes WHERE number = ?");
    Statement firstOfLane = m_database.prepare("SELECT 1 FROM live WHERE key BETWEEN ? AND ? LIMIT 1");
    m_fold.lanes.removeIf([&](const QHash<quint32, LaneRow>::iterator &lane) {
        const quint32 number = lane.key();
        const bool used = firstOfLane.start(Place{number, 0}.key(), Place{number, lastTurn}.key()).step();
        if (!used)
            deleteLane.run(qint64(number));
        return !used;
    });
    Statement deleteKeys = m_database.prepare("DELETE FROM keys WHERE substr(key, 1, 17) = ?");
    Statement live = m_database.prepare("SELECT 1 FROM live WHERE id = ?");
    m_fold.parents.removeIf([&](const TaskId &parent) {
        const bool used = live.start(parent.view()).step();
        if (!used)
            deleteKeys.run(QByteArrayView(childKeyPrefix(parent)));
        return !used;
    });
    firstOfLane.reset();
    live.reset();
}

void StoreCore::recover(qsizetype window)
{
    for (auto lane = m_fold.lanes.cbegin(); lane != m_fold.lanes.cend(); ++lane) {
        m_recovered.lanes.append(
            {lane.key(), lane->key, quint64(lane->queued), lane->nextTurn, m_tables->load(lane.key(), 0, window)});
    }
    for (StoredTask &task : m_tables->busy()) {
        const State state = task.delivery.state;
        const bool isLeased = state == State::Received || state == State::Paused || state == State::Cancelling;
        (isLeased ? m_recovered.leased : m_recovered.scheduled).append(std::move(task));
    }
    Statement keys = m_database.prepare("SELECT key, id, digest, submitted_ms,"
                                        " (SELECT max(finished_ms) FROM history WHERE history.id = keys.id) FROM keys");
    while (keys.step()) {
        const auto id = Id::fromBytes(keys.blob(1));
        if (!id)
            throw TaskError(unreadable(m_database, "keys"));
        m_recovered.keys.append(
            {keys.blob(0).toByteArray(), *id, keys.blob(2).toByteArray(), keys.integer(3), keys.integer(4)});
    }
    m_recovered.batches = m_fold.batches.values();
    m_recovered.clients = m_fold.clients.all();
    m_recovered.finished = m_tables->finished();
    Statement blobs = m_database.prepare("SELECT DISTINCT hash FROM blobs");
    while (blobs.step())
        m_recovered.blobs.insert(blobs.blob(0).toByteArray());
}

} // namespace drover
