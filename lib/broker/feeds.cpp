// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/feeds.h"

#include "protocol/rows.h"

namespace drover {

namespace {

constexpr qsizetype mostTasks = 10'000; //!< rows of the table of tasks
constexpr qsizetype rowsPerMessage = 256;

} // namespace

void Feeds::subscribe(SessionId session, const Subscribe &message)
{
    m_readers[{session, message.table}].credit = message.credit;
}

void Feeds::forget(SessionId session)
{
    std::erase_if(m_readers, [session](const auto &entry) { return entry.first.first == session; });
}

void Feeds::changed(const Scheduler::Changes &changes)
{
    if (m_readers.empty())
        return;
    if (changes.tooMany) {
        for (auto &[key, reader] : m_readers)
            reader.behind = true;
    }
    m_tasks += QSet<TaskId>(changes.tasks.begin(), changes.tasks.end());
    m_workers += QSet<QByteArray>(changes.workers.begin(), changes.workers.end());
    m_queues += QSet<QString>(changes.queues.begin(), changes.queues.end());
    m_batches += QSet<TaskId>(changes.batches.begin(), changes.batches.end());
}

QList<QByteArray> Feeds::allRows(SessionId session, Table table) const
{
    QList<QByteArray> rows;
    const auto add = [&rows](const auto &values) {
        for (const auto &value : values)
            rows.append(encodeRow(value));
    };
    switch (table) {
    case Table::Workers: add(m_scheduler.workers()); break;
    case Table::Queues: add(m_scheduler.queues()); break;
    case Table::Tasks: add(m_scheduler.tasks(mostTasks)); break;
    case Table::Batches: add(m_scheduler.batches(session)); break;
    }
    return rows;
}

Feeds::Rows Feeds::changedRows(Table table) const
{
    Rows rows;
    switch (table) {
    case Table::Workers:
        for (const QByteArray &key : m_workers)
            rows[QString::fromLatin1(key.toHex()).toUtf8()];
        for (const WorkerInfo &worker : m_scheduler.workers()) {
            if (const auto it = rows.find(rowKey(worker)); it != rows.end())
                it->second = encodeRow(worker);
        }
        break;
    case Table::Queues:
        for (const QString &name : m_queues)
            rows[name.toUtf8()];
        for (const QueueInfo &queue : m_scheduler.queues()) {
            if (const auto it = rows.find(rowKey(queue)); it != rows.end())
                it->second = encodeRow(queue);
        }
        break;
    case Table::Tasks:
        for (const TaskId &id : m_tasks) {
            const auto task = m_scheduler.task(id);
            rows[id.view().toByteArray()] = task ? encodeRow(*task) : QByteArray();
        }
        break;
    case Table::Batches: break; // not the same for all readers
    }
    return rows;
}

Feeds::Rows Feeds::changedBatches(SessionId session) const
{
    Rows rows;
    for (const TaskId &id : m_batches) {
        if (const auto batch = m_scheduler.batch(session, id))
            rows[rowKey(*batch)] = encodeRow(*batch);
    }
    return rows;
}

void Feeds::publish(const Send &send)
{
    std::map<Table, Rows> changes;
    for (auto &[key, reader] : m_readers) {
        const auto &[session, table] = key;
        if (reader.behind) {
            if (reader.used < reader.credit)
                sendSnapshot(session, table, reader, send);
            continue;
        }
        const auto [it, isNew] = changes.try_emplace(table);
        if (table == Table::Batches)
            it->second = changedBatches(session);
        else if (isNew)
            it->second = changedRows(table);
        if (!it->second.empty())
            sendDelta(session, table, reader, it->second, send);
    }
    m_tasks.clear();
    m_workers.clear();
    m_queues.clear();
    m_batches.clear();
}

void Feeds::sendSnapshot(SessionId session, Table table, Reader &reader, const Send &send) const
{
    const QList<QByteArray> rows = allRows(session, table);
    ++reader.number;
    reader.behind = false;
    qsizetype at = 0;
    do {
        Snapshot part;
        part.table = table;
        part.number = reader.number;
        part.rows = rows.sliced(at, std::min(rowsPerMessage, rows.size() - at));
        at += part.rows.size();
        part.last = at == rows.size();
        for (const QByteArray &row : std::as_const(part.rows))
            reader.used += row.size();
        send(session, part);
    } while (at < rows.size());
}

void Feeds::sendDelta(SessionId session, Table table, Reader &reader, const Rows &rows, const Send &send) const
{
    if (reader.used >= reader.credit) {
        reader.behind = true;
        return;
    }
    Delta delta;
    delta.table = table;
    delta.number = ++reader.number;
    for (const auto &[key, row] : rows) {
        RowChange change;
        change.op = row.isEmpty() ? RowChange::Op::Remove : RowChange::Op::Put;
        change.key = key;
        change.row = row;
        reader.used += key.size() + row.size();
        delta.changes.append(change);
    }
    send(session, delta);
}

} // namespace drover
