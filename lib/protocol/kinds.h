// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QLatin1String>

#include <optional>
#include <span>

namespace drover {

//! The number of a message on the wire: never renumber, never reuse.
//! Unknown ones below 1000 end the link, unknown ones from 1000 on are ignored.
enum class Kind : quint16 {
    Hello = 1,
    Refused = 2,
    Credit = 3,

    Submit = 10,
    Accepted = 11,
    SubmitRefused = 12,
    Duplicate = 13,
    TaskResult = 14,
    Settled = 15,
    Cancel = 16,
    CancelAnswer = 17,
    Watch = 18,
    Unwatch = 19,
    Changed = 20,
    Unknown = 21,
    Describe = 22,
    Functions = 23,
    ShowTask = 24,
    ShowTaskAnswer = 25,
    ShowBroker = 26,
    BrokerInfo = 27,
    ListTasks = 28,
    TaskList = 29,

    StreamOpen = 30,
    StreamCredit = 31,
    StreamClose = 32,
    StreamItems = 33,
    RetryTask = 34,
    RetryAnswer = 35,
    ControlTask = 36,
    ControlAnswer = 37,

    Offer = 40,
    Demand = 41,
    Grant = 42,
    Assign = 43,
    Returned = 44,
    Started = 45,
    Finished = 46,
    FinishedAck = 47,
    Renew = 48,
    Renewed = 49,
    Stop = 50,
    Blocked = 51,
    Resumed = 52,
    TakeBack = 53,
    Suspend = 54,
    Suspended = 55,

    Subscribe = 60,
    Unsubscribe = 61,
    Snapshot = 62,
    Delta = 63,

    BatchHead = 70,
    WatchBatch = 71,
    UnwatchBatch = 72,
    BatchChanged = 73,
    CancelBatch = 74,

    ConfigureQueue = 80,
    QueueConfigured = 81,
    Maintain = 84,
    Maintained = 85,

    BlobPut = 90,
    BlobStored = 91,
    BlobGet = 92,
    BlobData = 93,
    BlobRead = 94,
    BlobClose = 95,
};

//! Unknown kinds from this number on are ignored, so that later versions can send hints to older ones.
inline constexpr quint16 firstIgnoredKind = 1000;

//! Who is at an end of a link. On the wire (Hello): never renumber.
enum class Party : quint8 { Client = 1, Worker = 2, Broker = 3, Executor = 4 };

//! From whom to whom a message may go; flags.
enum Way : quint8 {
    ClientToBroker = 0x01,
    BrokerToClient = 0x02,
    WorkerToBroker = 0x04,
    BrokerToWorker = 0x08,
    WorkerToExecutor = 0x10,
    ExecutorToWorker = 0x20,
};

//! What the receiver must have granted to the sender. The order is that of the columns, not of power.
enum class LeastRole : quint8 { None, Observe, Submit, Work, Admin };

//! Bulk waits until all control messages are out.
enum class Plane : quint8 { Control, Bulk };

inline constexpr qsizetype maxControlMessage = 64 * 1024;
inline constexpr qsizetype maxListMessage = 1024 * 1024; //!< acknowledgements of many tasks, lists of functions
inline constexpr qsizetype maxOutgoingFrame = 64 * 1024; //!< unless one message alone is greater
inline constexpr qsizetype maxIncomingFrame = 32 * 1024 * 1024;
//! A message that carries a payload, an error or rows: maxInlineValue + 64 KiB.
extern DROVER_CORE_EXPORT const qsizetype maxValueMessage;

//! One row of the table of messages. Code, tests and PROTOCOL.md come from it.
struct KindInfo
{
    Kind kind;
    QLatin1String name;
    quint8 ways; //!< Way flags
    LeastRole role; //!< of a client at a broker and of a broker at a worker; see leastRole()
    qsizetype bound; //!< bytes of the whole item
    Plane plane;
};

//! All rows, by rising number.
DROVER_CORE_EXPORT std::span<const KindInfo> kindTable();
//! The row of \a kind, or null when it is unknown. Constant time.
DROVER_CORE_EXPORT const KindInfo *kindInfo(Kind kind);
//! "Submit", or "kind 999".
DROVER_CORE_EXPORT QString toString(Kind kind);
DROVER_CORE_EXPORT QString toString(Party party);
//! "none", "observe", "submit", "work", "admin".
DROVER_CORE_EXPORT QLatin1String roleName(LeastRole role);

//! The way between two parties, or nothing when such a link does not exist.
DROVER_CORE_EXPORT std::optional<Way> way(Party from, Party to);

//! What \a to must have granted to \a from before it acts on \a kind: a worker needs `work` for all but the handshake,
//! answers to clients and the pipe of an executor need nothing, everything else is in the table.
DROVER_CORE_EXPORT LeastRole leastRole(Kind kind, Party from, Party to);

//! Whether a message of \a size bytes may come this way at all. ProtocolError for an unknown kind or a wrong direction,
//! TooLarge over the bound; each names the kind. Roles are judged by who knows them: leastRole().
DROVER_CORE_EXPORT Result<void> checkInbound(Kind kind, Party from, Party to, qsizetype size);

} // namespace drover
