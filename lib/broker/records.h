// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/token.h"
#include "task/options.h"
#include "task/outcome.h"
#include "task/queuesettings.h"
#include "task/state.h"
#include "task/submission.h"
#include "task/taskinfo.h"

#include <compare>
#include <variant>

namespace drover {

//! What orders tasks: greater priority first, then deeper (children before what is not begun), then fair turns between
//! the (queue, owner) pairs, then age.
struct LaneKey
{
    QString queue;
    qint8 priority = 0;
    quint16 depth = 0;
    QByteArray owner; //!< fingerprint of the submitter's key

    friend bool operator==(const LaneKey &, const LaneKey &) = default;
    friend size_t qHash(const LaneKey &key, size_t seed = 0)
    {
        return qHashMulti(seed, key.queue, key.priority, key.depth, key.owner);
    }
};

//! Where a task stands: its lane and its turn in it. Orders like the primary key of the table `live`.
struct Place
{
    quint32 lane = 0; //!< 24 bits; numbered by the scheduler, 0 is never used
    quint64 turn = 0; //!< 40 bits

    qint64 key() const { return qint64(quint64(lane) << 40 | turn); }
    static Place fromKey(qint64 key) { return {quint32(quint64(key) >> 40), quint64(key) & 0xffffffffffu}; }
    friend auto operator<=>(const Place &, const Place &) = default;
};

//! A lease as the store knows it.
struct LeaseRecord
{
    Token token;
    QByteArray worker; //!< fingerprint
    QString workerName;
    Id incarnation; //!< of the worker
    qint64 sinceMs = 0; //!< UTC

    friend bool operator==(const LeaseRecord &, const LeaseRecord &) = default;
};

//! What changes about an unfinished task after its submission.
struct Delivery
{
    //! Pending, Scheduled, Retry, Held or Trashed; with a lease Received, Paused or Cancelling.
    State state = State::Pending;
    quint32 attempt = 0; //!< of the last lease issued; 0 before the first
    quint32 failures = 0; //!< failures that count against Options::retries
    quint32 blames = 0; //!< executors that died under it
    qint64 dueMs = 0; //!< UTC, for Scheduled and Retry
    bool cancelRequested = false;
    std::optional<LeaseRecord> lease;
    QList<AttemptInfo> attempts; //!< ended ones
    bool killRequested = false; //!< the cancel may not wait for the task
    bool pauseRequested = false; //!< it is to stand still: Held, or Paused once the worker has confirmed it
    qint64 trashUntilMs = 0; //!< UTC, for Trashed: when it cannot be restored any more

    friend bool operator==(const Delivery &, const Delivery &) = default;
};

//! Everything durable about an unfinished task.
struct StoredTask
{
    Submission submission;
    Place place;
    LaneKey lane;
    QString ownerName;
    Id client; //!< incarnation of the client that submitted it
    quint64 submitSeq = 0; //!< its number in that client's submits
    qint64 submittedMs = 0; //!< UTC
    Delivery delivery;

    friend bool operator==(const StoredTask &, const StoredTask &) = default;
};

//! What ends a task.
struct Ending
{
    State state = State::Success; //!< Success, Failure or Revoked
    Outcome outcome;
    quint32 attempt = 0; //!< the attempt whose outcome it is
    qint64 finishedMs = 0; //!< UTC
    QList<AttemptInfo> attempts; //!< all of them
    quint32 item = 0; //!< as Submission::item
    qint64 resultUntilMs = 0; //!< UTC, when the result is not kept any longer; 0 = no such time

    friend bool operator==(const Ending &, const Ending &) = default;
};

//! A finished task as history has it.
struct FinishedTask
{
    StoredTask task;
    Ending ending;
};

//! What is said of a batch.
struct BatchRecord
{
    TaskId id;
    QString name;
    QByteArray owner; //!< fingerprint of the submitter's key
    QString ownerName;
    qint64 createdMs = 0; //!< UTC
    qint64 total = -1; //!< -1 = not known yet
    quint64 refused = 0; //!< of its items
    bool cancelled = false;

    friend bool operator==(const BatchRecord &, const BatchRecord &) = default;
};

//! A batch and what has become of its items, refused ones apart.
struct StoredBatch
{
    BatchRecord head;
    quint64 submitted = 0;
    quint64 succeeded = 0;
    quint64 failed = 0;
    quint64 revoked = 0;
    qint64 changedMs = 0; //!< UTC, of the last submit or end

    void noteAdded(qint64 ms)
    {
        ++submitted;
        changedMs = ms;
    }
    void noteEnded(State state, qint64 ms)
    {
        ++(state == State::Success ? succeeded : state == State::Revoked ? revoked : failed);
        changedMs = ms;
    }
    //! None of its items is unfinished.
    bool isIdle() const { return succeeded + failed + revoked >= submitted; }

    friend bool operator==(const StoredBatch &, const StoredBatch &) = default;
};

// The records of the log: a commit blob is a sequence of them, and replaying all blobs in order is the whole truth.
struct TaskAdded
{
    StoredTask task;
};
struct TaskUpdated
{
    TaskId id;
    Place place;
    Delivery delivery;
};
struct TaskEnded
{
    TaskId id;
    Place place;
    Ending ending;
};
//! A batch is new or what is said of it has changed; it comes before the items. They are counted by their own records.
struct BatchUpdated
{
    BatchRecord batch;
};
//! A result that came too late.
struct OrphanAdded
{
    TaskId id;
    OrphanInfo orphan;
};
//! What people have set for a queue.
struct QueueChanged
{
    QueueSettings settings;
};
using Record = std::variant<TaskAdded, TaskUpdated, TaskEnded, BatchUpdated, OrphanAdded, QueueChanged>;

//! The submits of one client incarnation that are known: all up to \a mark, and those in \a beyond.
struct ClientMark
{
    Id client;
    quint64 mark = 0;
    QList<quint64> beyond; //!< sorted
    qint64 lastMs = 0;
};

//! An idempotency key in force. Keys of children are (parent, call number), others (owner, function, key).
struct KeyEntry
{
    QByteArray key; //!< see idempotencyKey()
    TaskId id;
    QByteArray digest; //!< SHA-256 of function and arguments; same key with another digest is a Conflict
    qint64 submittedMs = 0;
    qint64 endedMs = 0; //!< UTC, of its task; 0 = not ended. A key is in force until the dedup window after that.
};

} // namespace drover
