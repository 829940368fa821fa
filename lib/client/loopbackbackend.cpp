// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/loopbackbackend.h"

#include "client/loopbackbatches.h"
#include "client/openanswers.h"
#include "task/registry.h"
#include "task/waitedtask.h"

#include <QtCore/QDateTime>
#include <QtCore/QThread>

#include <algorithm>

namespace drover {

namespace {

Error unknownTask(TaskId id)
{
    return Error(ErrorCode::NotFound, LoopbackBackend::tr("There is no task %1.").arg(id.toString()));
}

Error revoked(const QString &message)
{
    return Error(ErrorCode::Revoked, message).setReason(Reason::User);
}

QString keptLog(const QList<StreamItem> &items)
{
    QByteArray log;
    for (const StreamItem &item : items) {
        if (item.kind == StreamItem::Log)
            log += item.data + '\n';
    }
    return QString::fromUtf8(log.right(maxKeptLog));
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

class LoopbackBackend::Private : public std::enable_shared_from_this<Private>
{
public:
    struct Entry
    {
        std::shared_ptr<PendingTask> task;
        TaskInfo info;
        Submission submission;
        std::stop_source stop;
        QList<StreamItem> items;
        QList<TaskId> children; //!< that are cancelled with it
        bool cancelled = false;
        bool ended = false;
    };

    //! What a running task speaks through.
    class Port final : public ContextPort
    {
    public:
        Port(std::weak_ptr<Private> backend, TaskId id) : m_backend(std::move(backend)), m_id(id) {}
        void report(StreamItem item) override
        {
            if (const auto backend = m_backend.lock())
                backend->report(m_id, std::move(item));
        }
        std::shared_ptr<PendingTask> start(Submission submission) override
        {
            auto task = std::make_shared<PendingTask>(submission.id);
            if (const auto backend = m_backend.lock())
                backend->submit(task, std::move(submission));
            else
                task->abandon(Error(ErrorCode::ClientClosed, LoopbackBackend::tr("The client was closed.")));
            return task;
        }
        void startWaited(Submission submission, std::shared_ptr<WaitedTask> task) override
        {
            const auto backend = m_backend.lock();
            if (QThread::currentThread() != m_thread)
                task->abandon(Error(
                    ErrorCode::Unsupported,
                    LoopbackBackend::tr("loopback: runs tasks in one thread, and no other of a task can call some.")));
            else if (backend)
                backend->runNow(std::move(submission), task);
            else
                task->abandon(Error(ErrorCode::ClientClosed, LoopbackBackend::tr("The client was closed.")));
        }

    private:
        std::weak_ptr<Private> m_backend;
        TaskId m_id;
        QThread *m_thread = QThread::currentThread();
    };

    Private(LoopbackBackend *owner, const Registry &functions) : q(owner), registry(functions) {}

    void submit(std::shared_ptr<PendingTask> task, Submission submission);
    void run(TaskId id);
    void runNow(Submission submission, const std::shared_ptr<WaitedTask> &waited);
    void ended(TaskId id, Outcome outcome);
    void record(Entry &entry, const Outcome &outcome);
    void report(TaskId id, StreamItem item);
    void sendItems(TaskId id);
    CancelOutcome cancel(TaskId id);
    void cancelChildren(const Entry &entry);
    void changed(const Entry &entry);
    std::shared_ptr<Entry> find(TaskId id) const { return entries.value(id); }

    LoopbackBackend *q; //!< null once it is destroyed
    const Registry &registry;
    QHash<TaskId, std::shared_ptr<Entry>> entries;
    QHash<TaskId, int> watched; //!< by how many
    QHash<TaskId, quint64> streamed; //!< the number of the next item for the reader
    qint64 startedMs = nowMs();
    IdGenerator ids;
    std::unique_ptr<OpenAnswers> answers = std::make_unique<OpenAnswers>(q);
    std::unique_ptr<LoopbackBatches> batches =
        std::make_unique<LoopbackBatches>(q, [this](std::shared_ptr<PendingTask> task, Submission submission) {
            submit(std::move(task), std::move(submission));
        });
};

void LoopbackBackend::Private::submit(std::shared_ptr<PendingTask> task, Submission submission)
{
    const TaskId id = submission.id;
    auto entry = std::make_shared<Entry>();
    entry->task = std::move(task);
    entry->info.id = id;
    entry->info.function = submission.function;
    entry->info.queue = submission.options.queue();
    entry->info.summary = submission.summary;
    entry->info.submittedMs = nowMs();
    if (submission.parent) {
        entry->info.parent = submission.parent->task;
        if (const auto parent = find(submission.parent->task); parent && !submission.options.isDetached())
            parent->children.append(id);
    }
    entry->task->cancelRequested = [weak = weak_from_this(), id] {
        if (const auto self = weak.lock())
            self->cancel(id);
    };
    entry->submission = std::move(submission);
    entries.insert(id, std::move(entry));
    QMetaObject::invokeMethod(
        q, [this, id] { run(id); }, Qt::QueuedConnection);
}

void LoopbackBackend::Private::run(TaskId id)
{
    const auto entry = find(id);
    const auto self = shared_from_this();
    entry->task->accept();
    if (!q || entry->ended || entry->info.attempt)
        return;
    entry->info.state = State::Started;
    entry->info.attempt = 1;
    entry->info.startedMs = nowMs();
    changed(*entry);
    if (!q)
        return;
    auto context =
        std::make_shared<Context>(id, 1, 1, std::make_shared<Port>(weak_from_this(), id), entry->stop.get_token());
    registry.invoke(entry->submission.function, entry->submission.signatureHash, entry->submission.arguments, context,
                    [weak = weak_from_this(), id](Outcome outcome) {
                        if (const auto backend = weak.lock())
                            backend->ended(id, std::move(outcome));
                    });
}

// The event loop does not turn while a task waits: one that needs it cannot be waited for.
void LoopbackBackend::Private::runNow(Submission submission, const std::shared_ptr<WaitedTask> &waited)
{
    const TaskId id = submission.id;
    const auto task = std::make_shared<PendingTask>(id);
    submit(task, std::move(submission));
    run(id);
    waited->accept(id);
    if (task->isFinished()) {
        waited->complete(task->outcome(), true);
        return;
    }
    cancel(id);
    waited->abandon(Error(ErrorCode::Unsupported,
                          LoopbackBackend::tr("loopback: a task cannot wait for one that needs the event loop.")));
}

void LoopbackBackend::Private::ended(TaskId id, Outcome outcome)
{
    const auto entry = find(id);
    if (!q || entry->ended)
        return;
    entry->ended = true;
    record(*entry, outcome);
    if (!outcome)
        outcome = fail(entry->info.error);
    else if (entry->submission.options.isNoResult())
        outcome = Payload();
    const auto self = shared_from_this();
    if (!outcome)
        cancelChildren(*entry);
    report(id, {0, StreamItem::End, {}});
    changed(*entry);
    entry->task->complete(std::move(outcome), true);
}

void LoopbackBackend::Private::record(Entry &entry, const Outcome &outcome)
{
    TaskInfo &info = entry.info;
    info.finishedMs = nowMs();
    info.state = outcome ? State::Success : entry.cancelled ? State::Revoked : State::Failure;
    AttemptInfo attempt{info.attempt, info.worker, info.startedMs,      info.finishedMs,
                        info.state,   {},          keptLog(entry.items)};
    if (!outcome) {
        attempt.error = outcome.error();
        attempt.error.setTask(info.id, info.attempt);
        info.error = attempt.error;
        if (entry.cancelled && info.attempt)
            info.error = revoked(LoopbackBackend::tr("The task was cancelled."));
        info.error.setTask(info.id, info.attempt);
        info.reason = info.error.reason();
    }
    if (info.attempt)
        info.attempts.append(std::move(attempt));
}

void LoopbackBackend::Private::cancelChildren(const Entry &entry)
{
    const QList<TaskId> children = entry.children;
    for (const TaskId &child : children)
        cancel(child);
}

void LoopbackBackend::Private::report(TaskId id, StreamItem item)
{
    const auto entry = find(id);
    item.seq = entry->items.size() + 1;
    entry->items.append(item);
    sendItems(id);
    if (item.kind != StreamItem::Progress)
        return;
    if (const auto progress = Progress::fromData(item.data)) {
        entry->info.progress = progress->fraction();
        entry->info.progressText = progress->text;
        changed(*entry);
    }
}

//! Gives the reader what it does not have.
void LoopbackBackend::Private::sendItems(TaskId id)
{
    const auto entry = find(id);
    const auto reader = streamed.find(id);
    if (!q || !entry || reader == streamed.end())
        return;
    const QList<StreamItem> items = entry->items.mid(*reader - 1);
    *reader += items.size();
    if (!items.isEmpty())
        Q_EMIT q->streamReceived(id, 1, items, items.last().kind == StreamItem::End);
}

CancelOutcome LoopbackBackend::Private::cancel(TaskId id)
{
    const auto entry = find(id);
    if (entry->ended)
        return entry->info.state == State::Revoked ? CancelOutcome::Done : CancelOutcome::TooLate;
    const auto self = shared_from_this();
    const bool running = entry->info.attempt > 0;
    if (std::exchange(entry->cancelled, true))
        return CancelOutcome::Requested;
    if (running) {
        entry->info.state = State::Cancelling;
        entry->stop.request_stop();
        cancelChildren(*entry);
        changed(*entry);
        return CancelOutcome::Requested;
    }
    ended(id, fail(revoked(LoopbackBackend::tr("The task was cancelled before it ran."))));
    return CancelOutcome::Done;
}

void LoopbackBackend::Private::changed(const Entry &entry)
{
    if (q && watched.contains(entry.info.id))
        Q_EMIT q->taskChanged(entry.info);
}

LoopbackBackend::LoopbackBackend(const Registry &registry, QObject *parent)
    : Backend(parent), d(std::make_shared<Private>(this, registry))
{
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT connectedChanged(true, {}); }, Qt::QueuedConnection);
}

LoopbackBackend::~LoopbackBackend()
{
    d->q = nullptr;
    d->answers.reset();
    d->batches->abandonAll(Error(ErrorCode::ClientClosed, tr("The client was closed before the batch ended.")));
    const auto entries = d->entries;
    for (const auto &entry : entries) {
        entry->task->cancelRequested = nullptr;
        if (!entry->ended)
            entry->task->abandon(Error(ErrorCode::ClientClosed, tr("The client was closed before the task ended.")));
    }
}

Options::Features LoopbackBackend::enforces() const
{
    return Options::NoResult | Options::Raw | Options::Detached | Options::Codec;
}

void LoopbackBackend::submit(std::shared_ptr<PendingTask> task, Submission submission)
{
    d->submit(std::move(task), std::move(submission));
}

void LoopbackBackend::attach(std::shared_ptr<PendingTask> task)
{
    const auto entry = d->find(task->id());
    if (!entry)
        return task->abandon(unknownTask(task->id()));
    task->cancelRequested = entry->task->cancelRequested;
    task->accept();
    entry->task->onFinished([task](const Outcome &outcome) { task->complete(outcome, true); });
}

void LoopbackBackend::cancel(TaskId id, Answer<CancelOutcome> answer)
{
    d->answers->later<CancelOutcome>(std::move(answer), [this, id]() -> Result<CancelOutcome> {
        if (d->find(id))
            return d->cancel(id);
        return fail(unknownTask(id));
    });
}

// What runs in the caller's own thread can be asked to stop, and nothing else.
void LoopbackBackend::control(TaskId id, TaskControl what, Answer<ControlOutcome> answer)
{
    d->answers->later<ControlOutcome>(std::move(answer), [this, id, what]() -> Result<ControlOutcome> {
        const auto entry = d->find(id);
        if (!entry)
            return fail(unknownTask(id));
        if (entry->ended)
            return fail(ErrorCode::Conflict, tr("The task %1 has ended.").arg(id.toString()));
        if (what != TaskControl::Kill)
            return fail(ErrorCode::Unsupported,
                        tr("loopback: has no queue; its tasks can only be cancelled or killed."));
        return d->cancel(id) == CancelOutcome::Done ? ControlOutcome::Done : ControlOutcome::Requested;
    });
}

void LoopbackBackend::configureQueue(const QString &, const QueueChange &, Answer<QueueSettings> answer)
{
    d->answers->later<QueueSettings>(std::move(answer), []() -> Result<QueueSettings> {
        return fail(ErrorCode::Unsupported, tr("loopback: has no queues."));
    });
}

void LoopbackBackend::maintain(Maintenance, const QString &, Answer<MaintenanceResult> answer)
{
    d->answers->later<MaintenanceResult>(std::move(answer), []() -> Result<MaintenanceResult> {
        return fail(ErrorCode::Unsupported, tr("loopback: has no store."));
    });
}

void LoopbackBackend::retry(TaskId id, Answer<TaskId> answer)
{
    d->answers->later<TaskId>(std::move(answer), [this, id]() -> Result<TaskId> {
        const auto entry = d->find(id);
        if (!entry)
            return fail(unknownTask(id));
        if (!entry->ended)
            return fail(ErrorCode::Conflict, tr("The task %1 is still running.").arg(id.toString()));
        Submission again = entry->submission;
        again.id = d->ids.next();
        again.parent.reset();
        d->submit(std::make_shared<PendingTask>(again.id), again);
        return again.id;
    });
}

void LoopbackBackend::openBatch(std::shared_ptr<BatchCore> batch)
{
    d->batches->open(batch);
}

void LoopbackBackend::cancelBatch(TaskId id, Answer<CancelOutcome> answer)
{
    d->answers->later<CancelOutcome>(std::move(answer), [this, id] { return d->batches->cancel(id); });
}

void LoopbackBackend::show(TaskId id, Answer<TaskInfo> answer)
{
    d->answers->later<TaskInfo>(std::move(answer), [this, id]() -> Result<TaskInfo> {
        if (const auto entry = d->find(id))
            return entry->info;
        return fail(unknownTask(id));
    });
}

void LoopbackBackend::list(const TaskQuery &query, Answer<TaskPage> answer)
{
    d->answers->later<TaskPage>(std::move(answer), [this, query]() -> Result<TaskPage> {
        TaskPage page;
        for (const auto &entry : std::as_const(d->entries)) {
            if (matches(query, entry->info))
                page.tasks.append(entry->info);
        }
        std::ranges::sort(page.tasks, std::greater<>(), &TaskInfo::id);
        const auto limit = qsizetype(qMin(query.limit, TaskQuery::maxLimit));
        page.more = page.tasks.size() > limit;
        page.tasks.resize(qMin(page.tasks.size(), limit));
        if (!page.tasks.isEmpty())
            page.next = page.tasks.last().id;
        return page;
    });
}

void LoopbackBackend::functions(const QString &function, Answer<QList<AvailableFunction>> answer)
{
    QList<AvailableFunction> available;
    for (const Signature &signature : d->registry.signatures()) {
        if (function.isEmpty() || signature.function() == function)
            available.append({signature, 1});
    }
    d->answers->later<QList<AvailableFunction>>(std::move(answer), [available] { return available; });
}

void LoopbackBackend::status(Answer<BrokerStatus> answer)
{
    BrokerStatus status;
    status.name = QStringLiteral("loopback");
    status.durability = QStringLiteral("none");
    status.startedMs = d->startedMs;
    d->answers->later<BrokerStatus>(std::move(answer), [status] { return status; });
}

void LoopbackBackend::watch(TaskId id)
{
    ++d->watched[id];
    QMetaObject::invokeMethod(
        this,
        [this, id] {
            if (const auto entry = d->find(id))
                d->changed(*entry);
            else
                Q_EMIT taskUnknown(id, unknownTask(id));
        },
        Qt::QueuedConnection);
}

void LoopbackBackend::unwatch(TaskId id)
{
    const auto it = d->watched.find(id);
    if (it != d->watched.end() && --*it == 0)
        d->watched.erase(it);
}

void LoopbackBackend::openStream(TaskId id, quint64 fromSeq)
{
    d->streamed.insert(id, qMax<quint64>(fromSeq, 1));
    QMetaObject::invokeMethod(
        this, [this, id] { d->sendItems(id); }, Qt::QueuedConnection);
}

void LoopbackBackend::closeStream(TaskId id)
{
    d->streamed.remove(id);
}

void LoopbackBackend::subscribe(LiveTable table)
{
    QMetaObject::invokeMethod(
        this, [this, table] { Q_EMIT tableReset(table, {}); }, Qt::QueuedConnection);
}

void LoopbackBackend::unsubscribe(LiveTable) {}

} // namespace drover
