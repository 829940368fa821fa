// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefold.h"

#include "broker/store.h"
#include "broker/storekeys.h"
#include "task/batchinfo.h"

namespace drover {

void StoreFold::add(const Record &record)
{
    if (m_buffers.size() == m_committed || m_buffers.back().size() > bufferSize)
        m_buffers.emplace_back();
    QByteArray &buffer = m_buffers.back();
    const qsizetype before = buffer.size();
    const RecordParts parts = encodeRecord(buffer, record);
    m_bytes += buffer.size() - before;
    fold(record, parts);
}

bool StoreFold::replay(QByteArray records)
{
    m_bytes += records.size();
    m_buffers.push_back(std::move(records));
    m_committed = m_buffers.size();
    CborReader reader(m_buffers.back());
    while (reader.ok() && !reader.atEnd()) {
        Record record;
        const RecordParts parts = decodeRecord(reader, record);
        if (reader.ok())
            fold(record, parts);
    }
    return reader.ok();
}

std::vector<QByteArrayView> StoreFold::takeUncommitted()
{
    const std::vector<QByteArrayView> views(m_buffers.begin() + qptrdiff(m_committed), m_buffers.end());
    m_committed = m_buffers.size();
    return views;
}

const TaskChange *StoreFold::find(const TaskId &id) const
{
    const auto it = m_index.constFind(id);
    return it == m_index.cend() ? nullptr : &m_changes[*it];
}

void StoreFold::clear()
{
    m_buffers.clear();
    m_committed = 0;
    m_changes.clear();
    m_ended.clear();
    m_orphans.clear();
    m_blobs.clear();
    m_index.clear();
    m_bytes = 0;
}

TaskChange &StoreFold::change(const TaskId &id)
{
    const qsizetype known = m_index.size();
    quint32 &at = m_index[id];
    if (m_index.size() != known) {
        at = quint32(m_changes.size());
        m_changes.emplace_back().id = id;
    }
    return m_changes[at];
}

void StoreFold::fold(const Record &record, const RecordParts &parts)
{
    std::visit([&](const auto &kind) { fold(kind, parts); }, record);
}

void StoreFold::fold(const TaskAdded &added, const RecordParts &parts)
{
    const StoredTask &task = added.task;
    TaskChange &entry = change(task.submission.id);
    entry.key = task.place.key();
    entry.added = true;
    entry.state = task.delivery.state;
    entry.task = slice(parts.task);
    entry.delivery = slice(parts.delivery);
    noteLane(task.place, &task.lane);
    noteKey(task);
    noteBlobs(task.submission.id, task.submission.arguments, false);
    clients.add(task.client, task.submitSeq, task.submittedMs);
    if (StoredBatch *batch = batchOfItem(task.submission.id, task.submission.item))
        batch->noteAdded(task.submittedMs);
}

void StoreFold::fold(const TaskUpdated &updated, const RecordParts &parts)
{
    TaskChange &entry = change(updated.id);
    entry.key = updated.place.key();
    entry.state = updated.delivery.state;
    entry.delivery = slice(parts.delivery);
    noteLane(updated.place, nullptr);
}

void StoreFold::fold(const TaskEnded &ended, const RecordParts &parts)
{
    TaskChange &entry = change(ended.id);
    entry.key = ended.place.key();
    if (!entry.ended)
        m_ended.push_back(quint32(&entry - m_changes.data()));
    entry.ended = true;
    entry.finalState = ended.ending.state;
    entry.finishedMs = ended.ending.finishedMs;
    entry.resultUntilMs = ended.ending.resultUntilMs;
    entry.ending = slice(parts.ending);
    if (ended.ending.outcome)
        noteBlobs(ended.id, *ended.ending.outcome, true);
    if (StoredBatch *batch = batchOfItem(ended.id, ended.ending.item))
        batch->noteEnded(ended.ending.state, ended.ending.finishedMs);
}

void StoreFold::fold(const BatchUpdated &updated, const RecordParts &)
{
    StoredBatch &batch = batches[updated.batch.id];
    batch.head = updated.batch;
    batch.changedMs = qMax(batch.changedMs, updated.batch.createdMs);
    changedBatches.insert(updated.batch.id);
}

void StoreFold::fold(const OrphanAdded &added, const RecordParts &parts)
{
    m_orphans.push_back({added.id, {added.orphan.epoch, added.orphan.attempt}, slice(parts.orphan)});
}

void StoreFold::fold(const QueueChanged &changed, const RecordParts &)
{
    changedQueues.insert(changed.settings.name, changed.settings);
}

StoredBatch *StoreFold::batchOfItem(const TaskId &id, quint32 item)
{
    const auto batch = item ? batches.find(batchOf(id)) : batches.end();
    if (batch == batches.end())
        return nullptr;
    changedBatches.insert(batch.key());
    return &*batch;
}

void StoreFold::noteLane(Place place, const LaneKey *key)
{
    LaneRow &lane = lanes[place.lane];
    const bool renamed = key && lane.key != *key;
    if (renamed)
        lane.key = *key;
    if (!renamed && place.turn < lane.nextTurn)
        return;
    lane.nextTurn = qMax(lane.nextTurn, place.turn + 1);
    changedLanes.insert(place.lane);
}

void StoreFold::noteKey(const StoredTask &task)
{
    const QByteArray key = idempotencyKey(task.submission, task.lane.owner);
    if (key.isEmpty())
        return;
    newKeys.insert(key, {key, task.submission.id, argumentsDigest(task.submission), task.submittedMs});
    if (const auto parent = parentOfKey(key))
        parents.insert(*parent);
}

void StoreFold::noteBlobs(const TaskId &task, const Payload &value, bool isResult)
{
    for (const Segment &segment : value.segments()) {
        if (segment.kind == Segment::Blob)
            m_blobs.push_back({segment.bytes, task, isResult});
    }
}

} // namespace drover
