// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/brokermessage.h"
#include "broker/records.h"
#include "support/clock.h"

#include <variant>
#include <vector>

namespace drover {

//! A session of the broker, numbered by its driver; from 1, never used twice.
using SessionId = quint64;

//! The time of an event, on both clocks.
struct Now
{
    MonotonicTime monotonic;
    qint64 wallMs = 0; //!< UTC
};

// What the scheduler wants done. The driver carries actions out in their order and removes them from the list.
struct SendTo
{
    SessionId session = 0;
    BrokerMessage message;
};
struct AppendRecords
{
    quint64 number = 0;
    QList<Record> records;
    bool sync = true; //!< somebody waits until these would survive power loss
};
struct LoadLane
{
    quint32 lane = 0;
    quint64 fromTurn = 0;
    qsizetype limit = 0;
};
struct FindTask
{
    quint64 request = 0;
    TaskId id;
};
struct QueryTasks
{
    quint64 request = 0;
    TaskQuery query;
    QByteArray owner; //!< only its tasks; all when empty
};
struct CloseSession
{
    SessionId session = 0;
    Error error;
};
struct ServeBlob //!< the session may have it
{
    SessionId session = 0;
    BlobGet question;
    quint64 size = 0; //!< of the whole value
};
using Action = std::variant<SendTo, AppendRecords, LoadLane, FindTask, QueryTasks, CloseSession, ServeBlob>;
using Actions = std::vector<Action>;

//! The limits and times of a broker.
struct SchedulerOptions
{
    Milliseconds leaseTime{30'000};
    Milliseconds dedupWindow{7 * 24 * 3600 * 1000LL}; //!< how long idempotency keys and silent clients are remembered
    quint32 maxBlames =
        3; //!< executors that may die under a task before it is quarantined; before the last it is a suspect
    QueueDurability durability = QueueDurability::Disk; //!< of queues that have none of their own; not Default
    Milliseconds trashTime{24 * 3600 * 1000LL}; //!< how long a purged task can be restored
    quint16 maxDepth = 64; //!< of tasks submitted by tasks
    qsizetype window = 4096; //!< tasks a lane keeps in memory
    quint32 maxUnaccepted = 8192; //!< submits of a session that wait for the disk
    double jitter = 0.1; //!< greatest part of a backoff that is added to it by chance
    quint64 seed = 1; //!< of that chance
};

} // namespace drover
