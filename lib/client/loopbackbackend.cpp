// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/loopbackbackend.h"

#include "task/registry.h"

#include <QtCore/QDateTime>
#include <QtCore/QSet>

namespace drover {

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

    private:
        std::weak_ptr<Private> m_backend;
        TaskId m_id;
    };

    Private(LoopbackBackend *owner, const Registry &functions) : q(owner), registry(functions) {}

    void submit(std::shared_ptr<PendingTask> task, Submission submission);
    void run(TaskId id);
    void ended(TaskId id, Outcome outcome);
    void report(TaskId id, StreamItem item);
    CancelOutcome cancel(TaskId id);
    void changed(const Entry &entry);
    std::shared_ptr<Entry> find(TaskId id) const { return entries.value(id); }

    LoopbackBackend *q; //!< null once it is destroyed
    const Registry &registry;
    QHash<TaskId, std::shared_ptr<Entry>> entries;
    QSet<TaskId> watched;
    QSet<TaskId> streamed;
    qint64 startedMs = QDateTime::currentMSecsSinceEpoch();
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
    entry->info.submittedMs = QDateTime::currentMSecsSinceEpoch();
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
    QMetaObject::invokeMethod(q, [this, id] { run(id); }, Qt::QueuedConnection);
}

void LoopbackBackend::Private::run(TaskId id)
{
    const auto entry = find(id);
    const auto self = shared_from_this();
    entry->task->accept();
    if (!q || entry->ended)
        return;
    entry->info.state = State::Started;
    entry->info.attempt = 1;
    entry->info.startedMs = QDateTime::currentMSecsSinceEpoch();
    changed(*entry);
    auto context = std::make_shared<Context>(id, 1, 1, std::make_shared<Port>(weak_from_this(), id), entry->stop.get_token());
    registry.invoke(entry->submission.function, entry->submission.signatureHash, entry->submission.arguments, context,
                    [weak = weak_from_this(), id](Outcome outcome) {
                        if (const auto backend = weak.lock())
                            backend->ended(id, std::move(outcome));
                    });
}

void LoopbackBackend::Private::ended(TaskId id, Outcome outcome)
{
    const auto entry = find(id);
    if (!q || entry->ended)
        return;
    entry->ended = true;
    entry->info.finishedMs = QDateTime::currentMSecsSinceEpoch();
    entry->info.state = outcome ? State::Success : outcome.error().code() == ErrorCode::Revoked ? State::Revoked : State::Failure;
    if (!outcome) {
        entry->info.error = outcome.error();
        entry->info.error.setTask(id, entry->info.attempt);
        entry->info.reason = outcome.error().reason();
        outcome = fail(entry->info.error);
    } else if (entry->submission.options.isNoResult()) {
        outcome = Payload();
    }
    const auto self = shared_from_this();
    report(id, {0, StreamItem::End, {}});
    if (q)
        changed(*entry);
    entry->task->complete(std::move(outcome), true);
}

void LoopbackBackend::Private::report(TaskId id, StreamItem item)
{
    const auto entry = find(id);
    item.seq = entry->items.size() + 1;
    entry->items.append(item);
    if (q && streamed.contains(id))
        Q_EMIT q->streamReceived(id, 1, {item}, item.kind == StreamItem::End);
    if (item.kind != StreamItem::Progress)
        return;
    if (const auto progress = Progress::fromData(item.data)) {
        entry->info.progress = progress->fraction();
        entry->info.progressText = progress->text;
        changed(*entry);
    }
}

CancelOutcome LoopbackBackend::Private::cancel(TaskId id)
{
    const auto entry = find(id);
    if (entry->ended)
        return CancelOutcome::TooLate;
    const bool running = entry->info.state == State::Started;
    entry->stop.request_stop();
    for (const TaskId &child : std::as_const(entry->children))
        cancel(child);
    if (running)
        return CancelOutcome::Requested;
    ended(id, fail(Error(ErrorCode::Revoked, LoopbackBackend::tr("The task was cancelled before it began.")).setReason(Reason::User)));
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
    QMetaObject::invokeMethod(this, [this] { Q_EMIT connectedChanged(true, {}); }, Qt::QueuedConnection);
}

LoopbackBackend::~LoopbackBackend()
{
    d->q = nullptr;
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
        return task->abandon(Error(ErrorCode::NotFound, tr("There is no task %1.").arg(task->id().toString())));
    task->accept();
    entry->task->onFinished([task](const Outcome &outcome) { task->complete(outcome, true); });
}

void LoopbackBackend::cancel(TaskId id, Answer<CancelOutcome> answer)
{
    QMetaObject::invokeMethod(this, [this, id, answer] {
        if (d->find(id))
            answer(d->cancel(id));
        else
            answer(fail(ErrorCode::NotFound, tr("There is no task %1.").arg(id.toString())));
    }, Qt::QueuedConnection);
}

void LoopbackBackend::show(TaskId id, Answer<TaskInfo> answer)
{
    QMetaObject::invokeMethod(this, [this, id, answer] {
        if (const auto entry = d->find(id))
            answer(entry->info);
        else
            answer(fail(ErrorCode::NotFound, tr("There is no task %1.").arg(id.toString())));
    }, Qt::QueuedConnection);
}

void LoopbackBackend::functions(const QString &function, Answer<QList<AvailableFunction>> answer)
{
    QList<AvailableFunction> available;
    for (const Signature &signature : d->registry.signatures()) {
        if (function.isEmpty() || signature.function() == function)
            available.append({signature, 1});
    }
    QMetaObject::invokeMethod(this, [answer, available] { answer(available); }, Qt::QueuedConnection);
}

void LoopbackBackend::status(Answer<BrokerStatus> answer)
{
    BrokerStatus status;
    status.name = QStringLiteral("loopback");
    status.durability = QStringLiteral("none");
    status.startedMs = d->startedMs;
    QMetaObject::invokeMethod(this, [answer, status] { answer(status); }, Qt::QueuedConnection);
}

void LoopbackBackend::watch(TaskId id)
{
    d->watched.insert(id);
    QMetaObject::invokeMethod(this, [this, id] {
        if (const auto entry = d->find(id))
            d->changed(*entry);
        else
            Q_EMIT taskUnknown(id, Error(ErrorCode::NotFound, tr("There is no task %1.").arg(id.toString())));
    }, Qt::QueuedConnection);
}

void LoopbackBackend::unwatch(TaskId id)
{
    d->watched.remove(id);
}

void LoopbackBackend::openStream(TaskId id, quint64 fromSeq)
{
    QMetaObject::invokeMethod(this, [this, id, fromSeq] {
        d->streamed.insert(id);
        const auto entry = d->find(id);
        if (!entry)
            return;
        const QList<StreamItem> items = entry->items.mid(qMax<quint64>(fromSeq, 1) - 1);
        if (!items.isEmpty())
            Q_EMIT streamReceived(id, 1, items, items.last().kind == StreamItem::End);
    }, Qt::QueuedConnection);
}

void LoopbackBackend::closeStream(TaskId id)
{
    d->streamed.remove(id);
}

void LoopbackBackend::subscribe(LiveTable table)
{
    QMetaObject::invokeMethod(this, [this, table] { Q_EMIT tableReset(table, {}); }, Qt::QueuedConnection);
}

void LoopbackBackend::unsubscribe(LiveTable) {}

} // namespace drover
