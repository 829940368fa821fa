// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/scheduler.h"

#include "broker/batching.h"
#include "broker/blobaccess.h"
#include "broker/controller.h"
#include "broker/dispatcher.h"
#include "broker/inquiries.h"
#include "broker/intake.h"
#include "broker/ownership.h"
#include "broker/queuecontrol.h"
#include "broker/recovery.h"
#include "broker/retrier.h"
#include "broker/settling.h"
#include "broker/taskview.h"
#include "broker/timekeeper.h"

namespace drover {

namespace {

//! For tables: logs are shown with one task only.
TaskInfo withoutLogs(TaskInfo task)
{
    for (AttemptInfo &attempt : task.attempts)
        attempt.log.clear();
    return task;
}

} // namespace

class Scheduler::Private
{
public:
    explicit Private(SchedulerOptions options) : desk(options) {}

    //! One event: \a body, then what follows from it.
    template <typename Body> void event(const Now &now, Actions &actions, const Body &body)
    {
        desk.now = now;
        desk.effects.begin(actions);
        timekeeper.noticeSleep();
        body();
        do {
            if (desk.afterCommit.hasUrgent())
                Settling::run(desk);
            states.assignDurable();
            canceller.cascade();
            dispatcher.run();
        } while (!desk.cascade.empty() || desk.afterCommit.hasUrgent()); // children of tasks that could not be run
    }
    //! An event that is one message for one part.
    template <typename Part, typename Message>
    void pass(Part &part, SessionId from, const Message &message, const Now &now, Actions &actions)
    {
        event(now, actions, [&] { part.handle(from, message); });
    }

    //! The same for a message about one task, which the sender must be allowed to reach; \a none says that there is none.
    template <typename Part, typename Message, typename None>
    void reach(Part &part, SessionId from, const Message &message, const None &none, const Now &now, Actions &actions)
    {
        event(now, actions, [&] {
            ownership.check(
                from, message.id, [&part, from, message] { part.handle(from, message); },
                [this, from, none] { desk.effects.send(from, none); });
        });
    }

    Desk desk;
    Ownership ownership{desk};
    StreamRouter streams{desk};
    TaskStates states{desk, streams};
    Canceller canceller{desk, states};
    Controller controller{desk, states, canceller};
    Intake intake{desk, states};
    Retrier retrier{desk, states};
    Leasing leasing{desk, states, canceller};
    Dispatcher dispatcher{desk, states};
    Timekeeper timekeeper{desk, states, leasing};
    Recovery recovery{desk, states, leasing};
    Inquiries inquiries{desk};
    QueueControl queueControl{desk};
    BlobAccess blobs{desk, ownership};
    Batching batching{desk, states};
};

Scheduler::Scheduler(SchedulerOptions options) : d(std::make_unique<Private>(options)) {}

Scheduler::~Scheduler() = default;

void Scheduler::recover(Recovered recovered, Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->recovery.run(std::move(recovered)); });
}

void Scheduler::clientConnected(SessionId session, QByteArray owner, QString name, Id incarnation, Now now,
                                Actions &actions, bool everyTask)
{
    d->event(now, actions, [&] {
        ClientRun &client = d->desk.sessions.client(incarnation);
        client.incarnation = incarnation;
        client.session = session;
        client.lastMs = now.wallMs;
        PeerSession &peer = d->desk.sessions.add(session);
        peer.owner = owner;
        peer.name = name;
        peer.client = &client;
        peer.everyTask = everyTask;
    });
}

void Scheduler::workerConnected(SessionId session, QByteArray fingerprint, QString name, QString address,
                                Id incarnation, Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->leasing.connected(session, fingerprint, name, address, incarnation); });
}

void Scheduler::disconnected(SessionId session, Now now, Actions &actions)
{
    d->event(now, actions, [&] {
        PeerSession *peer = d->desk.sessions.find(session);
        if (!peer)
            return;
        d->streams.disconnected(session);
        d->desk.watches.removeSession(session);
        d->desk.batches.removeSession(session);
        if (peer->worker)
            d->leasing.disconnected(session, *peer->worker);
        if (peer->client && peer->client->session == session)
            peer->client->session = 0;
        d->desk.sessions.remove(session);
    });
}

void Scheduler::workerDied(const QByteArray &fingerprint, Now now, Actions &actions)
{
    d->event(now, actions, [&] {
        if (Worker *worker = d->desk.workers.find(fingerprint))
            d->leasing.died(*worker);
    });
}

void Scheduler::handle(SessionId from, const Submit &message, Now now, Actions &actions, bool hasBlobs)
{
    d->event(now, actions, [&] { d->intake.handle(from, message, hasBlobs); });
}
void Scheduler::handle(SessionId from, const BlobGet &message, Now now, Actions &actions)
{
    d->pass(d->blobs, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Cancel &message, Now now, Actions &actions)
{
    d->reach(d->canceller, from, message, CancelAnswer{message.request, CancelAnswer::Answer::NotFound}, now, actions);
}
void Scheduler::handle(SessionId from, const RetryTask &message, Now now, Actions &actions, const QString &refused)
{
    d->event(now, actions, [&] {
        d->ownership.check(
            from, message.id, [this, from, message, refused] { d->retrier.handle(from, message, refused); },
            [this, from, message] {
                d->desk.effects.send(from, RetryAnswer{message.request, false, {}, notFound(message.id)});
            });
    });
}
void Scheduler::handle(SessionId from, const ControlTask &message, Now now, Actions &actions)
{
    d->reach(d->controller, from, message, ControlAnswer{message.request, false, false, notFound(message.id)}, now,
             actions);
}
void Scheduler::handle(SessionId from, const Watch &message, Now now, Actions &actions)
{
    d->reach(d->inquiries, from, message, Unknown{message.id, notFound(message.id)}, now, actions);
}
void Scheduler::handle(SessionId from, const Unwatch &message, Now now, Actions &actions)
{
    d->pass(d->inquiries, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const ShowTask &message, Now now, Actions &actions)
{
    d->reach(d->inquiries, from, message, ShowTaskAnswer{message.request, false, {}, notFound(message.id)}, now,
             actions);
}
void Scheduler::handle(SessionId from, const ListTasks &message, Now now, Actions &actions)
{
    d->event(now, actions, [&] {
        const PeerSession *peer = d->desk.sessions.find(from);
        d->inquiries.list(from, message, peer && !d->ownership.reachesAll(from) ? peer->owner : QByteArray());
    });
}
void Scheduler::handle(SessionId from, const Describe &message, Now now, Actions &actions)
{
    d->pass(d->inquiries, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const ConfigureQueue &message, Now now, Actions &actions)
{
    d->pass(d->queueControl, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const BatchHead &message, Now now, Actions &actions)
{
    d->pass(d->batching, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const WatchBatch &message, Now now, Actions &actions)
{
    d->pass(d->batching, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const UnwatchBatch &message, Now now, Actions &actions)
{
    d->pass(d->batching, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const CancelBatch &message, Now now, Actions &actions)
{
    d->pass(d->batching, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Offer &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Grant &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Started &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Finished &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Returned &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Renew &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Blocked &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Resumed &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const Suspended &message, Now now, Actions &actions)
{
    d->pass(d->leasing, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const StreamOpen &message, Now now, Actions &actions)
{
    d->reach(d->streams, from, message, StreamItems{message.id, 0, {}, true}, now, actions);
}
void Scheduler::handle(SessionId from, const StreamCredit &message, Now now, Actions &actions)
{
    d->pass(d->streams, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const StreamClose &message, Now now, Actions &actions)
{
    d->pass(d->streams, from, message, now, actions);
}
void Scheduler::handle(SessionId from, const StreamItems &message, Now now, Actions &actions)
{
    d->pass(d->streams, from, message, now, actions);
}

void Scheduler::handle(const Committed &reply, Now now, Actions &actions)
{
    d->event(now, actions, [&] {
        d->desk.written = qMax(d->desk.written, reply.number);
        if (reply.synced)
            d->desk.synced = d->desk.written;
        Settling::run(d->desk);
    });
}

void Scheduler::handle(const LaneLoaded &reply, Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->recovery.take(reply); });
}

void Scheduler::handle(const TaskFound &reply, Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->desk.lookups.answer(reply); });
}

void Scheduler::handle(const TasksListed &reply, Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->inquiries.listed(reply); });
}

void Scheduler::tick(Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->timekeeper.tick(); });
}

std::optional<MonotonicTime> Scheduler::nextTick() const
{
    return d->timekeeper.next();
}

Scheduler::Changes Scheduler::takeChanges()
{
    Changes changes{d->desk.changes.takeTasks(), d->desk.changes.takeWorkers(), d->desk.changes.takeQueues(),
                    d->desk.changes.takeOverflow(), d->desk.batches.takeChanges()};
    for (const TaskId &id : std::as_const(changes.tasks)) {
        if (LiveTask *task = d->desk.find(id))
            task->changed = false;
    }
    return changes;
}

std::optional<TaskInfo> Scheduler::task(TaskId id) const
{
    const LiveTask *task = d->desk.find(id);
    return task ? std::optional(withoutLogs(d->inquiries.describe(*task))) : std::nullopt;
}

QList<TaskInfo> Scheduler::tasks(qsizetype limit) const
{
    QList<TaskInfo> list;
    for (auto it = d->desk.tasks.cbegin(); it != d->desk.tasks.cend() && list.size() < limit; ++it)
        list.append(withoutLogs(d->inquiries.describe(**it)));
    return list;
}

QList<WorkerInfo> Scheduler::workers() const
{
    QList<WorkerInfo> list;
    for (const auto &[fingerprint, worker] : d->desk.workers.all())
        list.append(d->inquiries.describe(worker));
    return list;
}

QList<QueueInfo> Scheduler::queues() const
{
    return d->inquiries.queues();
}

bool Scheduler::hasUnfinished() const
{
    return !d->desk.tasks.isEmpty() || d->desk.lanes.beyond() > 0;
}

void Scheduler::publishBatches(Now now, Actions &actions)
{
    d->event(now, actions, [&] { d->batching.publish(); });
}

bool Scheduler::hasBatchNews() const
{
    return d->desk.batches.hasNews();
}

QList<BatchInfo> Scheduler::batches(SessionId reader) const
{
    return d->batching.batches(reader);
}

std::optional<BatchInfo> Scheduler::batch(SessionId reader, TaskId id) const
{
    return d->batching.batch(reader, id);
}

Scheduler::Totals Scheduler::totals() const
{
    const Desk &desk = d->desk;
    Totals totals{desk.lanes.waiting() + desk.lanes.beyond() + desk.delayed + desk.parked, desk.running, desk.finished,
                  0, 0};
    for (const auto &[fingerprint, worker] : desk.workers.all()) {
        totals.workers += worker.session != 0;
        totals.slots_ += worker.session ? worker.slots : 0;
    }
    return totals;
}

} // namespace drover
