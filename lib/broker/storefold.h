// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/clientmarks.h"
#include "broker/recordcodec.h"

#include <QtCore/QHash>

#include <vector>

namespace drover {

inline constexpr quint64 lastTurn = 0xffffffffffu; //!< the greatest turn that a Place can hold

//! A part of an encoded record: which buffer of the fold it lies in, and where.
struct Slice
{
    quint32 buffer = 0;
    ByteRange range;
};

//! All that happened to one task since the last pass, folded into its effect.
struct TaskChange
{
    TaskId id;
    qint64 key = 0;
    bool added = false; //!< else its row is in `live`
    bool ended = false;
    State state = State::Pending; //!< of the last delivery
    State finalState = State::Success;
    qint64 finishedMs = 0;
    qint64 resultUntilMs = 0;
    Slice task; //!< only when added
    Slice delivery; //!< null when no record carried one
    Slice ending; //!< only when ended
};

//! A lane as the table `lanes` has it.
struct LaneRow
{
    LaneKey key;
    qint64 queued = 0; //!< Pending rows of `live`; what is folded and not yet passed is not counted
    quint64 nextTurn = 0;
};

//! The records that the tables do not have yet. It owns the buffers that the records are encoded into: a task that came
//! and went is a few numbers and bytes that are never decoded again. Pure; one thread.
class StoreFold
{
public:
    //! Encodes \a record at the end of the last buffer and folds it.
    void add(const Record &record);
    //! Folds the records of a commit that was read back; its bytes become a buffer. False when they are no records.
    bool replay(QByteArray records);

    //! The buffers begun since the last call, each a sequence of encoded records; the next record begins another.
    std::vector<QByteArrayView> takeUncommitted();
    QByteArrayView view(const Slice &slice) const { return slice.range.of(m_buffers[slice.buffer]); }

    const std::vector<TaskChange> &changes() const { return m_changes; }
    const TaskChange *find(const TaskId &id) const;
    //! In the order of their ends: places in changes().
    const std::vector<quint32> &ended() const { return m_ended; }
    qsizetype bytes() const { return m_bytes; }
    bool isEmpty() const
    {
        return m_changes.empty() && changedBatches.isEmpty() && m_orphans.empty() && changedQueues.isEmpty();
    }

    //! A result that came too late.
    struct Orphan
    {
        TaskId id;
        Token token;
        Slice slice;
    };
    const std::vector<Orphan> &orphans() const { return m_orphans; }
    //! A large value that a task names.
    struct Blob
    {
        QByteArray hash;
        TaskId task;
        bool isResult = false;
    };
    const std::vector<Blob> &blobs() const { return m_blobs; }

    //! Forgets the tasks and bytes, after a pass. What follows is kept, as it stands for the tables' contents.
    void clear();

    ClientMarks clients;
    QHash<quint32, LaneRow> lanes;
    QSet<quint32> changedLanes;
    QHash<QByteArray, KeyEntry> newKeys; //!< taken by the pass
    QSet<TaskId> parents; //!< tasks whose children have keys
    QHash<TaskId, StoredBatch> batches;
    QSet<TaskId> changedBatches;
    QHash<QString, QueueSettings> changedQueues; //!< taken by the pass

private:
    static constexpr qsizetype bufferSize = 8 * 1024 * 1024; //!< a new one is begun beyond it

    TaskChange &change(const TaskId &id);
    void fold(const Record &record, const RecordParts &parts);
    void fold(const TaskAdded &added, const RecordParts &parts);
    void fold(const TaskUpdated &updated, const RecordParts &parts);
    void fold(const TaskEnded &ended, const RecordParts &parts);
    void fold(const BatchUpdated &updated, const RecordParts &parts);
    void fold(const OrphanAdded &added, const RecordParts &parts);
    void fold(const QueueChanged &changed, const RecordParts &parts);
    StoredBatch *batchOfItem(const TaskId &id, quint32 item);
    void noteLane(Place place, const LaneKey *key);
    void noteKey(const StoredTask &task);
    void noteBlobs(const TaskId &task, const Payload &value, bool isResult);
    Slice slice(const ByteRange &range) const { return {quint32(m_buffers.size() - 1), range}; }

    std::vector<QByteArray> m_buffers;
    size_t m_committed = 0; // buffers before this one are taken
    std::vector<TaskChange> m_changes;
    std::vector<quint32> m_ended;
    std::vector<Orphan> m_orphans;
    std::vector<Blob> m_blobs;
    QHash<TaskId, quint32> m_index;
    qsizetype m_bytes = 0;
};

} // namespace drover
