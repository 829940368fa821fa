// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"
#include "protocol/optionscodec.h"
#include "protocol/payloadcodec.h"
#include "protocol/queuesettingscodec.h"
#include "protocol/taskinfocodec.h"
#include "support/result.h"

namespace drover {

// The fields of a record in the order of the disk: never reorder, add at the end under `later`.
template <typename V> void visitFields(V &v, LaneKey &lane)
{
    v(lane.queue, lane.priority, lane.depth, lane.owner);
}
template <typename V> void visitFields(V &v, LeaseRecord &lease)
{
    v(lease.token, lease.worker, lease.workerName, lease.incarnation, lease.sinceMs);
}
template <typename V> void visitFields(V &v, Delivery &delivery)
{
    v(delivery.state, delivery.attempt, delivery.failures, delivery.blames, delivery.dueMs, delivery.cancelRequested,
      delivery.lease, delivery.attempts);
    v.later(delivery.killRequested, delivery.pauseRequested, delivery.trashUntilMs);
}
//! Without place and delivery, which change and stand beside it.
template <typename V> void visitFields(V &v, StoredTask &task)
{
    Submission &s = task.submission;
    v(s.id, s.function, s.signatureHash, s.summary, s.options, s.parent, task.lane, task.ownerName, task.client,
      task.submitSeq, task.submittedMs, s.arguments);
    v.later(s.item);
}
template <typename V> void visitFields(V &v, Ending &ending)
{
    v(ending.state, ending.attempt, ending.finishedMs, ending.attempts, ending.outcome);
    v.later(ending.item, ending.resultUntilMs);
}

template <typename V> void visitFields(V &v, BatchRecord &batch)
{
    v(batch.id, batch.name, batch.owner, batch.ownerName, batch.createdMs, batch.total, batch.refused, batch.cancelled);
}

//! `[true, payload]` or `[false, error]`
template <> struct Codec<Outcome>
{
    static void write(CborWriter &writer, const Outcome &outcome);
    static void read(CborReader &reader, Outcome &outcome);
};

//! A piece of a buffer.
struct ByteRange
{
    quint32 offset = 0;
    quint32 size = 0;

    bool isNull() const { return size == 0; }
    QByteArrayView of(QByteArrayView buffer) const { return buffer.sliced(offset, size); }
};

//! Where the parts of an encoded record lie; those that its kind lacks are null. The tables keep these bytes as they are.
struct RecordParts
{
    ByteRange task;
    ByteRange delivery;
    ByteRange ending;
    ByteRange orphan;
};

//! Appends `[1, key, task, delivery]`, `[2, key, id, delivery]`, `[3, key, id, ending]`, `[4, 0, id, batch]`,
//! `[5, 0, id, orphan]` or `[6, 0, 0, settings of a queue]` to \a buffer.
RecordParts encodeRecord(QByteArray &buffer, const Record &record);
//! Reads the record that \a reader stands before; a kind that is not known is a failure of the reader.
RecordParts decodeRecord(CborReader &reader, Record &record);

//! A value from the bytes of a part or column. ProtocolError when they are damaged or something follows them.
Result<StoredTask> decodeTask(qint64 key, QByteArrayView task, QByteArrayView delivery);
Result<Ending> decodeEnding(QByteArrayView bytes);
Result<OrphanInfo> decodeOrphan(QByteArrayView bytes);
Result<QueueSettings> decodeQueue(QByteArrayView bytes);
QByteArray encodeEnding(const Ending &ending);
QByteArray encodeQueue(const QueueSettings &settings);
Result<LaneKey> decodeLaneKey(QByteArrayView bytes);
Result<BatchRecord> decodeBatch(QByteArrayView bytes);
QByteArray encodeLaneKey(const LaneKey &lane);
QByteArray encodeBatch(const BatchRecord &batch);

} // namespace drover
