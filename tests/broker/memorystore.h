// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/clientmarks.h"
#include "broker/schedulerevents.h"
#include "broker/store.h"
#include "task/batchinfo.h"

#include <map>

namespace drover::testing {

//! What a store does, in memory: what was appended can be read at once, and what was not committed is lost in a crash.
class MemoryStore
{
public:
    void append(const AppendRecords &append);
    LaneLoaded load(const LoadLane &load) const;
    TaskFound find(const FindTask &find) const;
    //! All that was appended is durable; its number.
    quint64 commit();
    //! Loses what is not committed, and raises the epoch.
    Recovered crash(qsizetype window);

    const StoredTask *task(const TaskId &id) const;
    const FinishedTask *finished(const TaskId &id) const;
    qsizetype endings(const TaskId &id) const { return m_endings.value(id); }
    const std::map<TaskId, FinishedTask> &allFinished() const { return m_finished; }
    qsizetype live() const { return qsizetype(m_live.size()); }
    const std::map<TaskId, StoredTask> &allLive() const { return m_live; }

private:
    void apply(const Record &record);
    StoredBatch *batchOfItem(const TaskId &id, quint32 item);

    quint64 m_epoch = 1;
    QList<AppendRecords> m_log;
    qsizetype m_committed = 0; // entries of the log
    std::map<TaskId, StoredTask> m_live;
    std::map<TaskId, FinishedTask> m_finished;
    std::map<TaskId, StoredBatch> m_batches;
    QHash<TaskId, qsizetype> m_endings;
    QHash<TaskId, QList<OrphanInfo>> m_orphans;
    QHash<QString, QueueSettings> m_queues;
};

} // namespace drover::testing
