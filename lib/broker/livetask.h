// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"
#include "support/clock.h"

#include <memory>
#include <optional>

namespace drover {

class Lane;
struct TaskClass;
struct Worker;

//! A task that another one submitted.
struct Child
{
    Token asked; //!< the attempt of the parent that waits for it
    bool again = false; //!< that attempt found it by its key: it gets settled results only
    bool settled = false;
};

//! A task in memory: unfinished, or finished and not settled.
struct LiveTask
{
    StoredTask stored;
    TaskClass *taskClass = nullptr;
    Lane *lane = nullptr;
    Worker *worker = nullptr; //!< has the lease now
    size_t leaseIndex = 0; //!< in Worker::leases
    MonotonicTime leasedAt;
    MonotonicTime dueAt; //!< of a delay or a backoff
    std::optional<MonotonicTime> deadlineAt; //!< when the whole task is over
    qint64 startedMs = 0; //!< UTC, of the current attempt; 0 = has not said so
    bool waiting = false; //!< in its lane
    bool issued = false; //!< this broker has leased it: no lease of an older one is the last
    bool unsent = false; //!< leased, and its Assign waits until that is on disk
    bool blocked = false; //!< awaits its children, its slot is lent
    bool changed = false; //!< told by the next takeChanges()
    QString note; //!< what its worker says about a request, for people
    std::unique_ptr<Ending> ending; //!< its final state, recorded with the next commit
    std::unique_ptr<QHash<TaskId, Child>> children;

    TaskId id() const { return stored.submission.id; }
    const Options &options() const { return stored.submission.options; }
    Delivery &delivery() { return stored.delivery; }
    const Delivery &delivery() const { return stored.delivery; }
    State state() const { return delivery().state == State::Received && startedMs ? State::Started : delivery().state; }
    bool isEnded() const { return bool(ending); }
    //! In the trash, or held: it waits for a person.
    bool isParked() const { return delivery().state == State::Held || delivery().state == State::Trashed; }
    Asked asked() const;
};

} // namespace drover
