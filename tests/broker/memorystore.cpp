// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "memorystore.h"

#include <algorithm>

namespace drover::testing {

void MemoryStore::append(const AppendRecords &append)
{
    m_log.append(append);
    for (const Record &record : append.records)
        apply(record);
}

void MemoryStore::apply(const Record &record)
{
    if (const auto *added = std::get_if<TaskAdded>(&record)) {
        m_live[added->task.submission.id] = added->task;
        if (StoredBatch *batch = batchOfItem(added->task.submission.id, added->task.submission.item))
            batch->noteAdded(added->task.submittedMs);
    } else if (const auto *orphan = std::get_if<OrphanAdded>(&record)) {
        m_orphans[orphan->id].append(orphan->orphan);
    } else if (const auto *changed = std::get_if<QueueChanged>(&record)) {
        m_queues.insert(changed->settings.name, changed->settings);
    } else if (const auto *noted = std::get_if<BatchUpdated>(&record)) {
        m_batches[noted->batch.id].head = noted->batch;
    } else if (const auto *updated = std::get_if<TaskUpdated>(&record)) {
        const auto it = m_live.find(updated->id);
        if (it != m_live.end())
            it->second.delivery = updated->delivery;
    } else if (const auto *ended = std::get_if<TaskEnded>(&record)) {
        ++m_endings[ended->id];
        if (StoredBatch *batch = batchOfItem(ended->id, ended->ending.item))
            batch->noteEnded(ended->ending.state, ended->ending.finishedMs);
        const auto it = m_live.find(ended->id);
        if (it == m_live.end())
            return;
        m_finished[ended->id] = {it->second, ended->ending};
        m_live.erase(it);
    }
}

StoredBatch *MemoryStore::batchOfItem(const TaskId &id, quint32 item)
{
    const auto it = item ? m_batches.find(batchOf(id)) : m_batches.end();
    return it == m_batches.end() ? nullptr : &it->second;
}

LaneLoaded MemoryStore::load(const LoadLane &load) const
{
    LaneLoaded loaded{load.lane, {}};
    for (const auto &[id, task] : m_live) {
        if (task.place.lane == load.lane && task.place.turn >= load.fromTurn && task.delivery.state == State::Pending)
            loaded.tasks.append(task);
    }
    std::sort(loaded.tasks.begin(), loaded.tasks.end(),
              [](const StoredTask &a, const StoredTask &b) { return a.place < b.place; });
    if (loaded.tasks.size() > load.limit)
        loaded.tasks.resize(load.limit);
    return loaded;
}

TaskFound MemoryStore::find(const FindTask &find) const
{
    if (const StoredTask *live = task(find.id))
        return {find.request, *live, m_orphans.value(find.id)};
    if (const FinishedTask *done = finished(find.id))
        return {find.request, *done, m_orphans.value(find.id)};
    return {find.request, {}, {}};
}

quint64 MemoryStore::commit()
{
    m_committed = m_log.size();
    return m_log.isEmpty() ? 0 : m_log.last().number;
}

Recovered MemoryStore::crash(qsizetype window)
{
    m_log.resize(m_committed);
    m_live.clear();
    m_finished.clear();
    m_endings.clear();
    m_batches.clear();
    Recovered recovered;
    recovered.epoch = ++m_epoch;
    QHash<Id, SubmitMarks> marks;
    std::map<quint32, RecoveredLane> lanes;
    for (const AppendRecords &entry : std::as_const(m_log)) {
        for (const Record &record : entry.records) {
            apply(record);
            const auto *added = std::get_if<TaskAdded>(&record);
            if (!added)
                continue;
            const StoredTask &task = added->task;
            marks[task.client].add(task.submitSeq, task.submittedMs);
            RecoveredLane &lane = lanes[task.place.lane];
            lane.number = task.place.lane;
            lane.key = task.lane;
            lane.nextTurn = qMax(lane.nextTurn, task.place.turn + 1);
            const QByteArray key = idempotencyKey(task.submission, task.lane.owner);
            if (!key.isEmpty())
                recovered.keys.append({key, task.submission.id, argumentsDigest(task.submission), task.submittedMs});
        }
    }
    for (const auto &[id, task] : m_live) {
        const State state = task.delivery.state;
        if (state == State::Received || state == State::Paused || state == State::Cancelling)
            recovered.leased.append(task);
        else if (state != State::Pending)
            recovered.scheduled.append(task);
        else
            ++lanes[task.place.lane].queued;
    }
    for (auto &[number, lane] : lanes) {
        lane.window = load({number, 0, window}).tasks;
        recovered.lanes.append(lane);
    }
    for (auto it = marks.cbegin(); it != marks.cend(); ++it)
        recovered.clients.append(it->toClientMark(it.key()));
    recovered.finished = m_finished.size();
    recovered.queues = m_queues.values();
    m_log = {};
    m_committed = 0;
    // the log starts again from the state that was reached
    AppendRecords state;
    for (const auto &[id, batch] : m_batches) {
        recovered.batches.append(batch);
        state.records.append(BatchUpdated{batch.head});
    }
    for (const auto &[id, done] : m_finished) {
        state.records.append(TaskAdded{done.task});
        state.records.append(TaskEnded{id, done.task.place, done.ending});
    }
    for (const auto &[id, task] : m_live)
        state.records.append(TaskAdded{task});
    m_log.append(state);
    m_committed = 1;
    return recovered;
}

const StoredTask *MemoryStore::task(const TaskId &id) const
{
    const auto it = m_live.find(id);
    return it == m_live.end() ? nullptr : &it->second;
}

const FinishedTask *MemoryStore::finished(const TaskId &id) const
{
    const auto it = m_finished.find(id);
    return it == m_finished.end() ? nullptr : &it->second;
}

} // namespace drover::testing
