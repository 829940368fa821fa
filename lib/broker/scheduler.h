// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"
#include "broker/store.h"
#include "task/batchinfo.h"
#include "task/queueinfo.h"
#include "task/workerinfo.h"

#include <memory>

namespace drover {

//! Decides which worker runs what, as a pure function of events and time: no socket, timer, clock, file or QObject.
//! Every handler appends to \a actions and returns at once. One thread.
class Scheduler
{
public:
    explicit Scheduler(SchedulerOptions options = {});
    ~Scheduler();
    Scheduler(const Scheduler &) = delete;

    //! Takes over what a store held. Nothing expires until one lease time after \a now; queued tasks go out meanwhile.
    void recover(Recovered recovered, Now now, Actions &actions);

    // Sessions. \a owner is the peer's fingerprint, \a name what people call it.
    //! With \a everyTask the client may reach the tasks of others, too; without, they do not exist for it.
    void clientConnected(SessionId session, QByteArray owner, QString name, Id incarnation, Now now, Actions &actions,
                         bool everyTask = true);
    void workerConnected(SessionId session, QByteArray fingerprint, QString name, QString address, Id incarnation,
                         Now now, Actions &actions);
    void disconnected(SessionId session, Now now, Actions &actions);
    //! Proof of death of the agent with this key: its leases end at once.
    void workerDied(const QByteArray &fingerprint, Now now, Actions &actions);

    // From clients, and from workers on behalf of a task (with Submit::parent).
    //! \a hasBlobs: all blobs in its arguments were put before.
    void handle(SessionId from, const Submit &message, Now now, Actions &actions, bool hasBlobs = true);
    void handle(SessionId from, const Cancel &message, Now now, Actions &actions);
    //! \a refused: a function that the sender may not run.
    void handle(SessionId from, const RetryTask &message, Now now, Actions &actions, const QString &refused = {});
    void handle(SessionId from, const ControlTask &message, Now now, Actions &actions);
    void handle(SessionId from, const Watch &message, Now now, Actions &actions);
    void handle(SessionId from, const Unwatch &message, Now now, Actions &actions);
    void handle(SessionId from, const ShowTask &message, Now now, Actions &actions);
    void handle(SessionId from, const ListTasks &message, Now now, Actions &actions);
    void handle(SessionId from, const Describe &message, Now now, Actions &actions);

    void handle(SessionId from, const ConfigureQueue &message, Now now, Actions &actions);

    void handle(SessionId from, const BatchHead &message, Now now, Actions &actions);
    void handle(SessionId from, const WatchBatch &message, Now now, Actions &actions);
    void handle(SessionId from, const UnwatchBatch &message, Now now, Actions &actions);
    void handle(SessionId from, const CancelBatch &message, Now now, Actions &actions);

    // From workers.
    void handle(SessionId from, const Offer &message, Now now, Actions &actions);
    void handle(SessionId from, const Grant &message, Now now, Actions &actions);
    void handle(SessionId from, const Started &message, Now now, Actions &actions);
    void handle(SessionId from, const Finished &message, Now now, Actions &actions);
    void handle(SessionId from, const Returned &message, Now now, Actions &actions);
    void handle(SessionId from, const Renew &message, Now now, Actions &actions);
    void handle(SessionId from, const Blocked &message, Now now, Actions &actions);
    void handle(SessionId from, const Resumed &message, Now now, Actions &actions);
    void handle(SessionId from, const Suspended &message, Now now, Actions &actions);

    // Streams: readers on client sessions, the attempt on a worker session; credits travel end to end.
    void handle(SessionId from, const StreamOpen &message, Now now, Actions &actions);
    void handle(SessionId from, const StreamCredit &message, Now now, Actions &actions);
    void handle(SessionId from, const StreamClose &message, Now now, Actions &actions);
    void handle(SessionId from, const StreamItems &message, Now now, Actions &actions);

    void handle(SessionId from, const BlobGet &message, Now now, Actions &actions);

    // From the store.
    void handle(const Committed &reply, Now now, Actions &actions);
    void handle(const LaneLoaded &reply, Now now, Actions &actions);
    void handle(const TaskFound &reply, Now now, Actions &actions);
    void handle(const TasksListed &reply, Now now, Actions &actions);

    //! Fires what is due.
    void tick(Now now, Actions &actions);
    //! When tick() is next needed; nothing while no time matters.
    std::optional<MonotonicTime> nextTick() const;

    // What people see. Changes since the last call, for live tables.
    struct Changes
    {
        QList<TaskId> tasks; //!< changed or added; not in tasks() any more = ended and settled
        QList<QByteArray> workers; //!< by fingerprint
        QStringList queues;
        bool tooMany = false; //!< some changes are left out: read everything anew
        QList<TaskId> batches;
    };
    Changes takeChanges();
    std::optional<TaskInfo> task(TaskId id) const; //!< unfinished, or finished and not yet settled
    QList<TaskInfo> tasks(qsizetype limit) const; //!< those in memory
    QList<WorkerInfo> workers() const;
    QList<QueueInfo> queues() const;
    //! What those who watch batches have to be told, and whether there is any of it.
    void publishBatches(Now now, Actions &actions);
    bool hasBatchNews() const;
    //! Batches that \a reader may see.
    QList<BatchInfo> batches(SessionId reader) const;
    std::optional<BatchInfo> batch(SessionId reader, TaskId id) const;
    struct Totals
    {
        quint64 queued = 0;
        quint64 running = 0;
        quint64 finished = 0;
        quint32 workers = 0;
        quint32 slots_ = 0;
    };
    Totals totals() const;
    //! Whether there is a task without a recorded end.
    bool hasUnfinished() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
