// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/aftercommit.h"
#include "broker/batchbook.h"
#include "broker/changelog.h"
#include "broker/effects.h"
#include "broker/keybook.h"
#include "broker/lanetable.h"
#include "broker/lookups.h"
#include "broker/sessionbook.h"
#include "broker/timers.h"
#include "broker/watchbook.h"
#include "broker/workerbook.h"

namespace drover {

//! What the parts of the scheduler work on together: the tasks in memory and all books about them.
struct Desk
{
    explicit Desk(SchedulerOptions options);
    ~Desk();
    Desk(const Desk &) = delete;

    LiveTask *find(const TaskId &id) const { return tasks.value(id); }
    Worker *workerOf(SessionId session);
    //! Takes a task into memory, in no state yet: neither waiting nor leased.
    LiveTask &admit(StoredTask stored);
    //! Finds its class anew: it has become a suspect. It is in no lane and has no lease.
    void classify(LiveTask &task);
    void forget(LiveTask *task);
    //! The entry of the child \a id with its parent, made when there is none; null when the parent is not in memory.
    Child *addChild(const Parent &asker, const TaskId &id);
    //! Takes the settings of a queue over.
    void configure(const QueueSettings &settings);
    //! Records what is said of a batch, new or not, when it says something new.
    void noteBatch(const BatchRecord &head);
    //! The session that awaits the task's result: the client's, or that of the worker that runs its parent; 0 = none.
    SessionId listenerOf(const LiveTask &task) const;
    //! What acknowledgements about tasks of this queue wait for; never Default.
    QueueDurability durabilityOf(const QString &queue) const;
    QueueDurability durabilityOf(const LiveTask &task) const { return durabilityOf(task.stored.lane.queue); }
    //! Whether all that was recorded is as durable as \a need.
    bool isDurable(QueueDurability need) const;
    void whenDurable(QueueDurability need, AfterCommit::Entry entry)
    {
        afterCommit.add(effects.number(need), need, std::move(entry));
    }
    //! When the wall clock will show \a wallMs, at most \a longest from now, on the clock that never steps.
    MonotonicTime in(qint64 wallMs, Milliseconds longest) const;
    //! From 0 to 1, by chance.
    double chance();

    const SchedulerOptions options;
    quint64 epoch = 1;
    Now now; //!< of the event in hand
    Effects effects;
    QHash<TaskId, LiveTask *> tasks;
    ClassTable classes;
    LaneTable lanes;
    WorkerBook workers;
    SessionBook sessions;
    KeyBook keys;
    WatchBook watches;
    BatchBook batches;
    AfterCommit afterCommit;
    Lookups lookups;
    ChangeLog changes;
    Timers<qint64> calendar; //!< eta and expires, UTC ms
    Timers<MonotonicTime> delays; //!< retries, delays and deadlines
    std::vector<TaskId> cascade; //!< children to be cancelled before the event is over
    std::vector<LeaseRef> assignable; //!< leases that are on disk now and may be told
    bool dispatchDue = false; //!< waiting tasks, room or offers changed
    qint64 agedMs = 0; //!< UTC; what was last heard of longer than the dedup window before this is forgotten
    quint64 written = 0; //!< commits
    quint64 synced = 0; //!< commits that would survive power loss
    QHash<QString, QueueSettings> queues; //!< those for which something is set
    quint64 finished = 0; //!< settled, and in history
    quint64 delayed = 0; //!< in Scheduled or Retry
    quint64 parked = 0; //!< in Held or Trashed
    quint64 running = 0;
    MonotonicTime judgeFrom; //!< signatures are not judged before, so that workers can come back after a restart

private:
    quint64 m_random;
};

} // namespace drover
