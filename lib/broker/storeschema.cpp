// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storeschema.h"

#include "support/fault.h"

#include <iterator>

namespace drover {

namespace {

constexpr qint64 applicationId = 0x44725631; // "DrV1": tells a store from other programs' databases

//! The first format; later ones are made from it, so that a new file and an old one end in the same tables.
constexpr const char *tables =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO meta VALUES('format', 1), ('epoch', 0), ('finished', 0);"
    "CREATE TABLE commits(number INTEGER PRIMARY KEY, blob BLOB NOT NULL);"
    // key: lane << 40 | turn; state and due_ms as in the delivery
    "CREATE TABLE live(key INTEGER PRIMARY KEY, id BLOB NOT NULL, state INTEGER NOT NULL, delivery BLOB NOT NULL,"
    " task BLOB NOT NULL);"
    "CREATE INDEX live_id ON live(id);"
    "CREATE INDEX live_busy ON live(state) WHERE state <> 4;" // 4: PENDING, which lanes are for
    "CREATE TABLE history(number INTEGER PRIMARY KEY, id BLOB NOT NULL, state INTEGER NOT NULL,"
    " finished_ms INTEGER NOT NULL, delivery BLOB NOT NULL, ending BLOB NOT NULL, task BLOB NOT NULL);"
    "CREATE INDEX history_id ON history(id);"
    "CREATE TABLE lanes(number INTEGER PRIMARY KEY, key BLOB NOT NULL, queued INTEGER NOT NULL,"
    " next_turn INTEGER NOT NULL);"
    "CREATE TABLE clients(client BLOB PRIMARY KEY, last_ms INTEGER NOT NULL, marks BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE keys(key BLOB PRIMARY KEY, id BLOB NOT NULL, digest BLOB NOT NULL, submitted_ms INTEGER NOT NULL)"
    " WITHOUT ROWID;";

//! What leads from each format to the next, the first one first. Never changed once it was released.
constexpr const char *migrations[] = {
    // 1 -> 2: batches, which some files of format 1 have; late results, settings of queues, results with a time
    "CREATE TABLE IF NOT EXISTS batches(id BLOB PRIMARY KEY, head BLOB NOT NULL, submitted INTEGER NOT NULL,"
    " succeeded INTEGER NOT NULL, failed INTEGER NOT NULL, revoked INTEGER NOT NULL, changed_ms INTEGER NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE orphans(id BLOB NOT NULL, epoch INTEGER NOT NULL, attempt INTEGER NOT NULL, orphan BLOB NOT NULL,"
    " PRIMARY KEY(id, epoch, attempt)) WITHOUT ROWID;"
    "CREATE TABLE queues(name TEXT PRIMARY KEY, settings BLOB NOT NULL) WITHOUT ROWID;"
    "ALTER TABLE history ADD COLUMN result_until_ms INTEGER;"
    "CREATE INDEX history_until ON history(result_until_ms) WHERE result_until_ms IS NOT NULL;",
    // 2 -> 3: large values by the tasks that name them; result: 0 in the arguments, 1 in the result
    "CREATE TABLE blobs(hash BLOB NOT NULL, task BLOB NOT NULL, result INTEGER NOT NULL,"
    " PRIMARY KEY(hash, task, result)) WITHOUT ROWID;"
    "CREATE INDEX blobs_task ON blobs(task);"
    "CREATE TRIGGER blobs_of_history AFTER DELETE ON history BEGIN DELETE FROM blobs WHERE task = old.id; END;"
    "CREATE TRIGGER blobs_of_results AFTER UPDATE OF ending ON history" // the result is over its time
    " BEGIN DELETE FROM blobs WHERE task = old.id AND result = 1; END;",
};
static_assert(std::size(migrations) + 1 == storeFormat);

qint64 formatOf(Database &database)
{
    return database.number("SELECT value FROM meta WHERE name = 'format'");
}

void makeTables(Database &database)
{
    database.execute("PRAGMA auto_vacuum=INCREMENTAL"); // counts for a new file only
    Transaction transaction(database);
    database.execute(tables);
    database.execute(qPrintable(QStringLiteral("PRAGMA application_id=%1").arg(applicationId)));
    migrateSchema(database);
    transaction.commit();
}

Error newer(const QString &path, qint64 format)
{
    return Error(
               ErrorCode::VersionMismatch,
               QStringLiteral("%1 was written by a newer Drover (format %2, this one knows %3). It was left as it is; "
                              "install the newer Drover, or give another path.")
                   .arg(path)
                   .arg(format)
                   .arg(storeFormat))
        .setDetail(QStringLiteral("path"), path);
}

Error foreign(const QString &path)
{
    return Error(ErrorCode::StorageFailed,
                 QStringLiteral("%1 is the database of another program. It was left as it is; give another path.")
                     .arg(path))
        .setDetail(QStringLiteral("path"), path);
}

} // namespace

void prepareSchema(Database &database)
{
    if (database.number("SELECT count(*) FROM sqlite_schema") == 0)
        return makeTables(database);
    if (database.number("PRAGMA application_id") != applicationId)
        throw TaskError(foreign(database.path()));
    const qint64 format = formatOf(database);
    if (format > storeFormat)
        throw TaskError(newer(database.path(), format));
    if (format < 1)
        throw TaskError(damaged(database.path(), QStringLiteral("its format is missing")));
}

void migrateSchema(Database &database)
{
    qint64 format = formatOf(database);
    if (format == storeFormat)
        return;
    for (; format < storeFormat; ++format)
        database.execute(migrations[format - 1]);
    database.execute(qPrintable(QStringLiteral("UPDATE meta SET value = %1 WHERE name = 'format'").arg(storeFormat)));
}

void setDurability(Database &database, Durability durability)
{
    if (durability == Durability::Memory) {
        database.execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF");
        return;
    }
    Statement mode = database.prepare("PRAGMA journal_mode=WAL");
    if (!mode.step() || mode.blob(0) != QByteArrayView("wal")) {
        throw TaskError(
            Error(ErrorCode::StorageFailed,
                  QStringLiteral("The file system of %1 cannot keep a write-ahead log. Give a path on a local disk.")
                      .arg(database.path())));
    }
    database.execute(durability == Durability::Disk ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
}

quint64 raiseEpoch(Database &database)
{
    if (!DROVER_FAULT(EpochNotRaised) || database.number("SELECT value FROM meta WHERE name = 'epoch'") == 0)
        database.execute("UPDATE meta SET value = value + 1 WHERE name = 'epoch'");
    return quint64(database.number("SELECT value FROM meta WHERE name = 'epoch'"));
}

} // namespace drover
