// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbackend_p.h"

#include "support/logging.h"

#include <QtCore/QPointer>

#include <algorithm>

// What a broker says.
namespace drover {

namespace {

BrokerStatus toStatus(const BrokerInfo &info, const QString &address)
{
    return {info.name,   info.version, address,       info.store,   info.durability, info.log,       info.epoch,
            info.queued, info.running, info.finished, info.workers, info.slots,      info.startedMs, info.pid};
}

} // namespace

void SessionBackend::Private::receive(const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Accepted: return read<Accepted>(raw);
    case Kind::SubmitRefused: return read<SubmitRefused>(raw);
    case Kind::Duplicate: return read<Duplicate>(raw);
    case Kind::TaskResult: return read<TaskResult>(raw);
    case Kind::Settled: return read<Settled>(raw);
    case Kind::CancelAnswer: return read<CancelAnswer>(raw);
    case Kind::RetryAnswer: return read<RetryAnswer>(raw);
    case Kind::ControlAnswer: return read<ControlAnswer>(raw);
    case Kind::QueueConfigured: return read<QueueConfigured>(raw);
    case Kind::Maintained: return read<Maintained>(raw);
    case Kind::Changed: return read<Changed>(raw);
    case Kind::Unknown: return read<Unknown>(raw);
    case Kind::Functions: return read<Functions>(raw);
    case Kind::ShowTaskAnswer: return read<ShowTaskAnswer>(raw);
    case Kind::TaskList: return read<TaskList>(raw);
    case Kind::BrokerInfo: return read<BrokerInfo>(raw);
    case Kind::StreamItems: return read<StreamItems>(raw);
    case Kind::Snapshot: return read<Snapshot>(raw);
    case Kind::Delta: return read<Delta>(raw);
    case Kind::BatchChanged: return read<BatchChanged>(raw);
    case Kind::BlobStored: return read<BlobStored>(raw);
    case Kind::BlobData: return read<BlobData>(raw);
    default: qCWarning(logClient).noquote() << "a broker sent" << toString(raw.kind) << "to a client; ignored";
    }
}

void SessionBackend::Private::taken(const SubmitWindow::Entry &entry)
{
    if (!entry.task)
        return itemTaken(entry.submission.id);
    const QPointer<SessionBackend> alive(q);
    const TaskId id = entry.task->id();
    blobs.forget(entry.submission.id);
    if (const auto it = tracked.find(id); it != tracked.end())
        it->durable = true;
    if (watched.contains(id))
        sendWatch(id);
    if (const auto open = earlyStreams.remove(id) ? streams.reopen(id) : std::nullopt)
        send(*open);
    entry.task->accept();
    if (alive)
        sayWhenFlushed();
}

void SessionBackend::Private::itemTaken(TaskId id)
{
    const QPointer<SessionBackend> alive(q);
    batches.accepted(id);
    if (alive)
        sayWhenFlushed();
}

void SessionBackend::Private::sayWhenFlushed()
{
    if (unacknowledged() == 0)
        Q_EMIT q->flushed();
}

void SessionBackend::Private::handle(const Accepted &message)
{
    const QPointer<SessionBackend> alive(q);
    for (const SeqRange &range : message.ranges) {
        const quint64 last = std::min(range.last, window.lastSeq());
        for (quint64 seq = range.first; seq <= last; ++seq) {
            if (const auto entry = window.take(seq))
                taken(*entry);
            if (!alive)
                return;
        }
    }
    sendSubmits();
}

void SessionBackend::Private::forgetSubmit(TaskId id)
{
    tracked.remove(id);
    if (watched.contains(id))
        sendWatch(id); // the answer is Unknown: there will be no such task
}

void SessionBackend::Private::handle(const SubmitRefused &message)
{
    const auto entry = window.take(message.seq);
    if (!entry)
        return;
    const bool isMissing = message.error.details().contains(QStringLiteral("blob"));
    if (isMissing && blobs.putAgain(entry->submission, entry->task))
        return;
    refuse(entry->submission.id, entry->task, message.error);
}

void SessionBackend::Private::refuse(TaskId id, const std::shared_ptr<PendingTask> &task, const Error &error)
{
    forgetSubmit(id);
    blobs.forget(id);
    const QPointer<SessionBackend> alive(q);
    if (task)
        task->accept(fail(error));
    else
        batches.refused(id, error);
    if (alive)
        sayWhenFlushed();
    if (alive)
        sendSubmits();
}

void SessionBackend::Private::handle(const Duplicate &message)
{
    const auto entry = window.take(message.seq);
    if (!entry || !entry->task)
        return; // items of batches have no keys
    forgetSubmit(message.id);
    entry->task->rename(message.existing);
    track(message.existing, entry->task, true);
    const QPointer<SessionBackend> alive(q);
    taken(*entry);
    if (alive)
        sendSubmits(); // there is room for one more
}

bool SessionBackend::Private::isAwaited(const TaskResult &message) const
{
    const auto it = tracked.constFind(message.id);
    const auto waits = [](const std::shared_ptr<PendingTask> &task) { return !task->isFinished(); };
    return it == tracked.cend() ? batches.isOpen(message.id) : std::ranges::any_of(it->tasks, waits);
}

void SessionBackend::Private::handle(const TaskResult &message)
{
    if (!isAwaited(message) || !blobs.fetch(message))
        tell(message);
}

void SessionBackend::Private::tell(const TaskResult &message)
{
    const QPointer<SessionBackend> alive(q);
    batches.handle(message);
    const auto it = alive ? tracked.find(message.id) : tracked.end();
    if (!alive || it == tracked.end())
        return;
    const QList<std::shared_ptr<PendingTask>> tasks = it->tasks;
    if (message.settled)
        tracked.erase(it);
    const Outcome outcome = message.ok ? Outcome(message.value) : Outcome(fail(message.error));
    for (const auto &task : tasks)
        task->complete(outcome, message.settled);
}

void SessionBackend::Private::handle(const Settled &message)
{
    const QPointer<SessionBackend> alive(q);
    for (const TaskId &id : message.ids) {
        if (alive && blobs.settle(id))
            continue; // it is told with the value
        const auto it = alive ? tracked.constFind(id) : tracked.cend();
        const auto waits = [](const std::shared_ptr<PendingTask> &task) { return !task->isFinished(); };
        if (alive && it != tracked.cend() && std::ranges::any_of(it->tasks, waits))
            continue; // its result went over a link that was lost, and comes again
        const Tracked entry = alive ? tracked.take(id) : Tracked();
        for (const auto &task : entry.tasks)
            task->settle();
        if (alive && entry.tasks.isEmpty())
            batches.settled(id);
    }
}

void SessionBackend::Private::handle(const CancelAnswer &message)
{
    const QPointer<SessionBackend> alive(q);
    const bool isFound = message.answer != CancelAnswer::Answer::NotFound;
    const auto answer = [&](const QString &unknown) {
        return isFound ? Result<CancelOutcome>(CancelOutcome(message.answer)) : fail(ErrorCode::NotFound, unknown);
    };
    cancelRequests.answer(message.request, answer(tr("There is no such task.")));
    if (alive)
        batchCancelRequests.answer(message.request, answer(tr("There is no such batch.")));
}

void SessionBackend::Private::handle(const Changed &message)
{
    const QPointer<SessionBackend> alive(q);
    const TaskId id = message.task.id;
    batches.changed(message.task, tracked.contains(id) || watched.contains(id));
    if (alive)
        Q_EMIT q->taskChanged(message.task);
}

void SessionBackend::Private::handle(const RetryAnswer &message)
{
    retryRequests.answer(message.request, message.ok ? Result<TaskId>(message.id) : fail(message.error));
}

void SessionBackend::Private::handle(const ControlAnswer &message)
{
    const auto outcome = message.confirmed ? ControlOutcome::Done : ControlOutcome::Requested;
    controlRequests.answer(message.request, message.ok ? Result<ControlOutcome>(outcome) : fail(message.error));
}

void SessionBackend::Private::handle(const QueueConfigured &message)
{
    queueRequests.answer(message.request, message.ok ? Result<QueueSettings>(message.settings) : fail(message.error));
}

void SessionBackend::Private::handle(const Maintained &message)
{
    maintainRequests.answer(message.request,
                            message.ok ? Result<MaintenanceResult>(message.result) : fail(message.error));
}

void SessionBackend::Private::handle(const Unknown &message)
{
    const auto it = tracked.constFind(message.id);
    if (it != tracked.cend() && !it->durable)
        return; // its submit is still under way; taken() asks again
    const QPointer<SessionBackend> alive(q);
    batches.handle(message);
    if (!alive)
        return;
    const Tracked entry = tracked.take(message.id);
    for (const auto &task : entry.tasks)
        task->complete(fail(message.error), true);
    if (alive && watched.remove(message.id))
        Q_EMIT q->taskUnknown(message.id, message.error);
}

void SessionBackend::Private::handle(const Functions &message)
{
    QList<AvailableFunction> available;
    for (const FunctionOffer &offer : message.offers)
        available.append({offer.signature, offer.workers});
    functionRequests.answer(message.request, available);
}

void SessionBackend::Private::handle(const ShowTaskAnswer &message)
{
    showRequests.answer(message.request, message.found ? Result<TaskInfo>(message.task) : fail(message.error));
}

void SessionBackend::Private::handle(const TaskList &message)
{
    if (message.error.code() != ErrorCode::None)
        return listRequests.answer(message.request, fail(message.error));
    listRequests.answer(message.request, TaskPage{message.tasks, message.more, message.next});
}

void SessionBackend::Private::handle(const StreamItems &message)
{
    const auto task = tracked.constFind(message.id);
    if (message.attempt == 0 && message.end && task != tracked.cend() && !task->durable) {
        earlyStreams.insert(message.id); // its submit is still under way; taken() asks again
        return;
    }
    const QPointer<SessionBackend> alive(q);
    if (const auto fresh = streams.received(message))
        Q_EMIT q->streamReceived(message.id, fresh->attempt, fresh->items, message.end);
    if (const auto credit = alive ? streams.moreCredit(message.id) : std::nullopt)
        send(*credit);
}

void SessionBackend::Private::handle(const Snapshot &message)
{
    const QPointer<SessionBackend> alive(q);
    if (const auto rows = tables.received(message))
        Q_EMIT q->tableReset(LiveTable(message.table), *rows);
    if (const auto more = alive ? tables.moreCredit(message.table) : std::nullopt)
        send(*more);
}

void SessionBackend::Private::handle(const Delta &message)
{
    const QPointer<SessionBackend> alive(q);
    const TableFeeds::Change change = tables.received(message);
    if (!change.rows.isEmpty() || !change.removed.isEmpty())
        Q_EMIT q->tableChanged(LiveTable(message.table), change.rows, change.removed);
    if (const auto more = alive ? tables.moreCredit(message.table) : std::nullopt)
        send(*more);
}

void SessionBackend::Private::handle(const BrokerInfo &message)
{
    statusRequests.answer(message.request, toStatus(message, link->peerAddress()));
}

} // namespace drover
