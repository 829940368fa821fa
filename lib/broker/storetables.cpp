// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storetables.h"

#include "broker/storekeys.h"
#include "support/logging.h"

#include <algorithm>

namespace drover {

namespace {

constexpr qint64 pending = qint64(State::Pending);

void count(StoreFold &fold, qint64 key, qint64 state, int by)
{
    if (state != pending)
        return;
    const quint32 lane = Place::fromKey(key).lane;
    fold.lanes[lane].queued += by;
    fold.changedLanes.insert(lane);
}

} // namespace

StoreTables::StoreTables(Database &db)
    : m_database(db), m_path(db.path()), m_finished(db.number("SELECT value FROM meta WHERE name = 'finished'")),
      m_insertLive(db.prepare("INSERT INTO live(key, id, state, delivery, task) VALUES(?, ?, ?, ?, ?)")),
      m_placeOf(db.prepare("SELECT key, state FROM live WHERE id = ?")),
      m_updateLive(db.prepare("UPDATE live SET key = ?2, state = ?3, delivery = ?4 WHERE key = ?1")),
      m_deleteLive(db.prepare("DELETE FROM live WHERE key = ?")),
      m_insertHistory(db.prepare("INSERT INTO history(id, state, finished_ms, delivery, ending, task, result_until_ms)"
                                 " VALUES(?, ?, ?, ?, ?, ?, nullif(?, 0))")),
      m_moveToHistory(db.prepare("INSERT INTO history(id, state, finished_ms, delivery, ending, task, result_until_ms)"
                                 " SELECT id, ?2, ?3, coalesce(?4, delivery), ?5, task, nullif(?6, 0) FROM live"
                                 " WHERE key = ?1")),
      m_count(db.prepare("UPDATE meta SET value = ? WHERE name = 'finished'")),
      m_insertKey(db.prepare("INSERT OR REPLACE INTO keys(key, id, digest, submitted_ms) VALUES(?, ?, ?, ?)")),
      m_deleteKeys(db.prepare("DELETE FROM keys WHERE key BETWEEN ? AND ?")),
      m_insertLane(db.prepare("INSERT OR REPLACE INTO lanes(number, key, queued, next_turn) VALUES(?, ?, ?, ?)")),
      m_insertClient(db.prepare("INSERT OR REPLACE INTO clients(client, last_ms, marks) VALUES(?, ?, ?)")),
      m_insertBatch(
          db.prepare("INSERT OR REPLACE INTO batches(id, head, submitted, succeeded, failed, revoked, changed_ms)"
                     " VALUES(?, ?, ?, ?, ?, ?, ?)")),
      m_insertOrphan(db.prepare("INSERT OR REPLACE INTO orphans(id, epoch, attempt, orphan) VALUES(?, ?, ?, ?)")),
      m_insertQueue(db.prepare("INSERT OR REPLACE INTO queues(name, settings) VALUES(?, ?)")),
      m_insertBlob(db.prepare("INSERT OR IGNORE INTO blobs(hash, task, result) VALUES(?, ?, ?)")),
      m_load(db.prepare("SELECT key, task, delivery FROM live WHERE key BETWEEN ? AND ? AND +state = 4"
                        " ORDER BY key LIMIT ?")),
      m_live(db.prepare("SELECT key, task, delivery FROM live WHERE id = ?")),
      m_history(db.prepare("SELECT task, delivery, ending FROM history WHERE id = ? ORDER BY number DESC LIMIT 1")),
      m_busy(db.prepare("SELECT key, task, delivery FROM live WHERE state <> 4")),
      m_orphans(db.prepare("SELECT orphan FROM orphans WHERE id = ?")),
      m_overdue(db.prepare("SELECT number, ending FROM history WHERE result_until_ms <= ? LIMIT 1000")),
      m_dropResult(db.prepare("UPDATE history SET ending = ?2, result_until_ms = NULL WHERE number = ?1"))
{}

void StoreTables::apply(StoreFold &fold)
{
    for (const quint32 at : fold.ended())
        applyEnded(fold.changes()[at], fold);
    for (const TaskChange &change : fold.changes()) {
        if (!change.added && !change.ended)
            applyUpdated(change, fold);
    }
    applyAdded(fold);
    applyKeys(fold);
    applyLanesAndClients(fold);
    applyBatches(fold);
    applyOrphans(fold);
    applyQueues(fold);
    for (const StoreFold::Blob &blob : fold.blobs())
        m_insertBlob.run(QByteArrayView(blob.hash), blob.task.view(), qint64(blob.isResult));
    if (!fold.ended().empty())
        m_count.run(m_finished);
}

void StoreTables::applyEnded(const TaskChange &change, StoreFold &fold)
{
    const auto state = qint64(change.finalState);
    const QByteArrayView ending = fold.view(change.ending);
    const QByteArrayView delivery = change.delivery.range.isNull() ? QByteArrayView() : fold.view(change.delivery);
    if (change.added) {
        m_insertHistory.run(change.id.view(), state, change.finishedMs, delivery, ending, fold.view(change.task),
                            change.resultUntilMs);
    } else {
        if (!m_placeOf.start(change.id.view()).step()) {
            qCWarning(logStore, "%s ended, but is not stored", qPrintable(change.id.toString()));
            return m_placeOf.reset();
        }
        const qint64 key = m_placeOf.integer(0);
        count(fold, key, m_placeOf.integer(1), -1);
        m_placeOf.reset();
        m_moveToHistory.run(key, state, change.finishedMs, delivery, ending, change.resultUntilMs);
        m_deleteLive.run(key);
    }
    ++m_finished;
}

void StoreTables::applyUpdated(const TaskChange &change, StoreFold &fold)
{
    if (!m_placeOf.start(change.id.view()).step()) {
        qCWarning(logStore, "%s changed, but is not stored", qPrintable(change.id.toString()));
        return m_placeOf.reset();
    }
    const qint64 key = m_placeOf.integer(0);
    count(fold, key, m_placeOf.integer(1), -1);
    m_placeOf.reset();
    m_updateLive.run(key, change.key, qint64(change.state), fold.view(change.delivery));
    count(fold, change.key, qint64(change.state), 1);
}

void StoreTables::applyAdded(StoreFold &fold)
{
    std::vector<const TaskChange *> added;
    for (const TaskChange &change : fold.changes()) {
        if (change.added && !change.ended)
            added.push_back(&change);
    }
    // in the order of the key SQLite appends to pages instead of searching them
    std::ranges::sort(added, {}, &TaskChange::key);
    for (const TaskChange *change : added) {
        m_insertLive.run(change->key, change->id.view(), qint64(change->state), fold.view(change->delivery),
                         fold.view(change->task));
        count(fold, change->key, qint64(change->state), 1);
    }
}

void StoreTables::applyKeys(StoreFold &fold)
{
    for (const KeyEntry &entry : std::as_const(fold.newKeys)) {
        m_insertKey.run(QByteArrayView(entry.key), entry.id.view(), QByteArrayView(entry.digest), entry.submittedMs);
    }
    fold.newKeys.clear();
    for (const quint32 at : fold.ended()) {
        const TaskId &id = fold.changes()[at].id;
        if (!fold.parents.remove(id))
            continue;
        const QByteArray first = childKeyPrefix(id);
        m_deleteKeys.run(QByteArrayView(first), QByteArrayView(first + "\xff\xff\xff\xff"));
    }
}

void StoreTables::applyLanesAndClients(StoreFold &fold)
{
    for (const quint32 number : std::as_const(fold.changedLanes)) {
        const LaneRow &lane = fold.lanes[number];
        const QByteArray key = encodeLaneKey(lane.key);
        m_insertLane.run(qint64(number), QByteArrayView(key), lane.queued, qint64(lane.nextTurn));
    }
    fold.changedLanes.clear();
    for (const Id &client : fold.clients.takeChanged()) {
        const SubmitMarks &marks = fold.clients.of(client);
        const QByteArray bytes = marks.toBytes();
        m_insertClient.run(client.view(), marks.lastMs(), QByteArrayView(bytes));
    }
}

void StoreTables::applyBatches(StoreFold &fold)
{
    for (const TaskId &id : std::as_const(fold.changedBatches)) {
        const StoredBatch &batch = fold.batches[id];
        const QByteArray head = encodeBatch(batch.head);
        m_insertBatch.run(id.view(), QByteArrayView(head), qint64(batch.submitted), qint64(batch.succeeded),
                          qint64(batch.failed), qint64(batch.revoked), batch.changedMs);
    }
    fold.changedBatches.clear();
}

void StoreTables::applyOrphans(const StoreFold &fold)
{
    for (const StoreFold::Orphan &orphan : fold.orphans())
        m_insertOrphan.run(orphan.id.view(), qint64(orphan.token.epoch), qint64(orphan.token.attempt),
                           fold.view(orphan.slice));
}

void StoreTables::applyQueues(StoreFold &fold)
{
    for (const QueueSettings &settings : std::as_const(fold.changedQueues))
        m_insertQueue.run(settings.name, QByteArrayView(encodeQueue(settings)));
    fold.changedQueues.clear();
}

// Only the values go: that the task ended, and how, stays.
void StoreTables::forgetResults(qint64 nowMs)
{
    for (bool more = true; more;) {
        std::vector<std::pair<qint64, Ending>> overdue;
        m_overdue.start(nowMs);
        while (m_overdue.step()) {
            Result<Ending> ending = decodeEnding(m_overdue.blob(1));
            if (!ending)
                throw TaskError(damaged(m_path, ending.error().message()));
            overdue.emplace_back(m_overdue.integer(0), *std::move(ending));
        }
        m_overdue.reset();
        more = !overdue.empty();
        Transaction transaction(m_database);
        for (auto &[number, ending] : overdue) {
            if (ending.outcome)
                ending.outcome = Payload();
            m_dropResult.run(number, QByteArrayView(encodeEnding(ending)));
        }
        transaction.commit();
    }
}

StoredTask StoreTables::stored(qint64 key, QByteArrayView task, QByteArrayView delivery) const
{
    Result<StoredTask> result = decodeTask(key, task, delivery);
    if (!result)
        throw TaskError(damaged(m_path, result.error().message()));
    return *std::move(result);
}

FinishedTask StoreTables::finished(QByteArrayView task, QByteArrayView delivery, QByteArrayView ending) const
{
    Result<Ending> end = decodeEnding(ending);
    if (!end)
        throw TaskError(damaged(m_path, end.error().message()));
    return {stored(0, task, delivery), *std::move(end)};
}

QList<StoredTask> StoreTables::load(quint32 lane, quint64 fromTurn, qsizetype limit)
{
    QList<StoredTask> tasks;
    m_load.start(Place{lane, fromTurn}.key(), Place{lane, lastTurn}.key(), qint64(limit));
    while (m_load.step())
        tasks.append(stored(m_load.integer(0), m_load.blob(1), m_load.blob(2)));
    m_load.reset();
    return tasks;
}

TaskFound StoreTables::find(quint64 request, const TaskId &id, const StoreFold &fold)
{
    return {request, findTask(id, fold), orphansOf(id, fold)};
}

std::variant<std::monostate, StoredTask, FinishedTask> StoreTables::findTask(const TaskId &id, const StoreFold &fold)
{
    using Found = std::variant<std::monostate, StoredTask, FinishedTask>;
    const TaskChange *change = fold.find(id);
    const auto found = [&](qint64 key, QByteArrayView task, QByteArrayView delivery) -> Found {
        if (change && !change->delivery.range.isNull())
            delivery = fold.view(change->delivery);
        if (change && change->ended)
            return finished(task, delivery, fold.view(change->ending));
        return stored(change ? change->key : key, task, delivery);
    };
    if (change && change->added)
        return found(change->key, fold.view(change->task), {});
    Found answer;
    if (m_live.start(id.view()).step())
        answer = found(m_live.integer(0), m_live.blob(1), m_live.blob(2));
    else if (m_history.start(id.view()).step())
        answer = finished(m_history.blob(0), m_history.blob(1), m_history.blob(2));
    m_live.reset();
    m_history.reset();
    return answer;
}

QList<OrphanInfo> StoreTables::orphansOf(const TaskId &id, const StoreFold &fold)
{
    QList<OrphanInfo> orphans;
    const auto add = [&](QByteArrayView bytes) {
        Result<OrphanInfo> orphan = decodeOrphan(bytes);
        if (!orphan)
            throw TaskError(damaged(m_path, orphan.error().message()));
        orphans.append(*std::move(orphan));
    };
    m_orphans.start(id.view());
    while (m_orphans.step())
        add(m_orphans.blob(0));
    m_orphans.reset();
    for (const StoreFold::Orphan &orphan : fold.orphans()) {
        if (orphan.id == id)
            add(fold.view(orphan.slice));
    }
    return orphans;
}

QList<StoredTask> StoreTables::busy()
{
    QList<StoredTask> tasks;
    m_busy.reset();
    while (m_busy.step())
        tasks.append(stored(m_busy.integer(0), m_busy.blob(1), m_busy.blob(2)));
    m_busy.reset();
    return tasks;
}

} // namespace drover
