// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/queueinfo.h"
#include "task/taskinfo.h"
#include "task/workerinfo.h"

namespace drover {

//! Names a row over all brokers of a Monitor.
struct RowKey
{
    int broker = 0; //!< as Monitor::addBroker() gave it
    QByteArray id; //!< as rowKey() of protocol/rows.h writes it

    friend bool operator==(const RowKey &, const RowKey &) = default;
    friend size_t qHash(const RowKey &key, size_t seed = 0) { return qHash(key.id, seed) ^ size_t(key.broker); }
};

//! What has become of a live table since the last time. A key is in one of the two lists, once.
template <typename T> struct RowChanges
{
    QList<std::pair<RowKey, T>> put; //!< new rows, and rows that are otherwise now
    QList<RowKey> removed;

    bool isEmpty() const { return put.isEmpty() && removed.isEmpty(); }
};

//! What has become of all tables of one broker.
struct MonitorChanges
{
    RowChanges<TaskInfo> tasks;
    RowChanges<QueueInfo> queues;
    RowChanges<WorkerInfo> workers;
    QList<TaskId> ended; //!< left the live table; what became of them is to be asked
    bool truncated = false; //!< there are more unfinished tasks than rows

    bool isEmpty() const { return tasks.isEmpty() && queues.isEmpty() && workers.isEmpty() && ended.isEmpty(); }
};

} // namespace drover

template <> struct std::hash<drover::RowKey>
{
    size_t operator()(const drover::RowKey &key) const noexcept { return qHash(key); }
};
