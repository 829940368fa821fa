// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbackend_p.h"

#include <QtCore/QPointer>

namespace drover {

namespace {

Submit toMessage(const SubmitWindow::Entry &entry, MonotonicTime now)
{
    const Submission &submission = entry.submission;
    Submit message;
    message.seq = entry.seq;
    message.id = submission.id;
    message.function = submission.function;
    message.signatureHash = submission.signatureHash;
    message.arguments = submission.arguments;
    message.summary = submission.summary;
    message.options = submission.options;
    message.parent = submission.parent;
    message.item = submission.item;
    message.ageMs = quint64(std::chrono::duration_cast<Milliseconds>(now - *entry.sentAt).count());
    return message;
}

Unsubscribe unsubscribed(Table table)
{
    Unsubscribe message;
    message.table = table;
    return message;
}

} // namespace

void SessionBackend::Private::opened(Channel *channel)
{
    LinkSettings settings;
    settings.self = Party::Client;
    settings.peers = {Party::Broker};
    settings.name = name;
    settings.incarnation = incarnation;
    settings.granted = Role::Admin;
    link = std::make_unique<Link>(std::unique_ptr<Channel>(channel), settings);
    connect(link.get(), &Link::ready, q, [this] { becameReady(); });
    connect(link.get(), &Link::closed, q, [this](const Error &why) { lost(why); });
    connect(link.get(), &Link::drained, q, [this] { sendSubmits(); });
    link->setInbox([this](const RawMessage &raw) { receive(raw); });
}

void SessionBackend::Private::becameReady()
{
    batches.connected();
    blobs.connected();
    batchCancelRequests.askAgain([this](const CancelBatch &question) { send(question); });
    window.rewind();
    const QPointer<SessionBackend> alive(q);
    sendSubmits();
    if (!alive)
        return;
    askForAll();
    Q_EMIT q->connectedChanged(true, {});
}

void SessionBackend::Private::askForAll()
{
    const auto ask = [this](const auto &question) { send(question); };
    for (auto it = tracked.cbegin(); it != tracked.cend(); ++it) {
        if (it->durable)
            watchResult(it.key());
    }
    for (auto it = watched.cbegin(); it != watched.cend(); ++it)
        sendWatch(it.key());
    for (const StreamOpen &open : streams.reopened())
        send(open);
    for (const Subscribe &subscribe : tables.resubscribed())
        send(subscribe);
    cancelRequests.askAgain(ask);
    retryRequests.askAgain(ask);
    controlRequests.askAgain(ask);
    queueRequests.askAgain(ask);
    maintainRequests.askAgain(ask);
    showRequests.askAgain(ask);
    listRequests.askAgain(ask);
    functionRequests.askAgain(ask);
    statusRequests.askAgain(ask);
}

void SessionBackend::Private::lost(const Error &why)
{
    link.release()->deleteLater();
    batches.disconnected();
    blobs.disconnected();
    const QPointer<SessionBackend> alive(q);
    Q_EMIT q->connectedChanged(false, why);
    if (alive)
        source->start();
}

void SessionBackend::Private::sendSubmits()
{
    if (!link || !link->isReady())
        return;
    const QPointer<SessionBackend> alive(q);
    batches.fill(window);
    if (!alive)
        return;
    while (!link->isCongested()) {
        const MonotonicTime now = clock.monotonic();
        const SubmitWindow::Entry *entry = window.next(now);
        if (!entry)
            return;
        link->send(toMessage(*entry, now));
        const TaskId &id = entry->submission.id;
        // right behind it, or what a quick task says would be over before somebody asks for it
        if (const auto open = earlyStreams.remove(id) ? streams.reopen(id) : std::nullopt)
            send(*open);
    }
}

void SessionBackend::Private::enter(Submission submission, std::shared_ptr<PendingTask> task)
{
    window.add(std::move(submission), std::move(task));
    sendSubmits();
}

// A submit whose arguments are still under way: the broker knows nothing of it.
bool SessionBackend::Private::takeBack(TaskId id, const Answer<CancelOutcome> &answer)
{
    const std::shared_ptr<PendingTask> task = blobs.cancel(id);
    if (!task)
        return false;
    answers.later<CancelOutcome>(answer, [this, id, task] {
        refuse(
            id, task,
            Error(ErrorCode::Revoked, tr("The task was cancelled before it was submitted.")).setReason(Reason::User));
        return Result<CancelOutcome>(CancelOutcome::Done);
    });
    return true;
}

void SessionBackend::Private::track(TaskId id, std::shared_ptr<PendingTask> task, bool durable)
{
    task->cancelRequested = [this, id] { q->cancel(id, [](const Result<CancelOutcome> &) {}); };
    Tracked &entry = tracked[id];
    entry.tasks.append(std::move(task));
    entry.durable |= durable;
}

void SessionBackend::Private::watchResult(TaskId id)
{
    Watch watch;
    watch.id = id;
    watch.result = true;
    send(watch);
}

void SessionBackend::Private::sendWatch(TaskId id)
{
    Watch watch;
    watch.id = id;
    watch.result = tracked.contains(id);
    send(watch);
}

void SessionBackend::Private::failRequests(const Error &error)
{
    cancelRequests.failAll(error);
    batchCancelRequests.failAll(error);
    retryRequests.failAll(error);
    controlRequests.failAll(error);
    queueRequests.failAll(error);
    maintainRequests.failAll(error);
    showRequests.failAll(error);
    listRequests.failAll(error);
    functionRequests.failAll(error);
    statusRequests.failAll(error);
}

SessionBackend::SessionBackend(std::unique_ptr<ChannelSource> source, const QString &name, QObject *parent)
    : Backend(parent), d(std::make_unique<Private>(this, std::move(source), name))
{
    connect(d->source.get(), &ChannelSource::opened, this, [this](Channel *channel) { d->opened(channel); });
    connect(d->source.get(), &ChannelSource::failed, this,
            [this](const Error &error) { Q_EMIT connectedChanged(false, error); });
    d->source->start();
}

SessionBackend::~SessionBackend()
{
    const Error closed(ErrorCode::ClientClosed, tr("The client was closed before the task ended; the task goes on."));
    const auto tracked = std::exchange(d->tracked, {});
    for (const Private::Tracked &entry : tracked) {
        for (const auto &task : entry.tasks)
            task->cancelRequested = nullptr;
    }
    for (const Private::Tracked &entry : tracked) {
        for (const auto &task : entry.tasks)
            task->abandon(closed);
    }
    d->batches.abandonAll(Error(ErrorCode::ClientClosed,
                                tr("The client was closed before the batch ended; what was submitted goes on.")));
    d->failRequests(closed);
}

Options::Features SessionBackend::enforces() const
{
    return Options::Queue | Options::Priority | Options::Timeout | Options::Retries | Options::Backoff | Options::Tags
        | Options::NoResult | Options::Raw | Options::IdempotencyKey | Options::Eta | Options::Expires
        | Options::Detached | Options::Codec | Options::Delay | Options::SoftTimeout | Options::Deadline
        | Options::AckEarly | Options::Exclusive | Options::RetryOn | Options::ResultTtl;
}

void SessionBackend::submit(std::shared_ptr<PendingTask> task, Submission submission)
{
    d->track(submission.id, task, false);
    if (SessionBlobs::isLarge(submission))
        d->blobs.put(std::move(submission), std::move(task));
    else
        d->enter(std::move(submission), std::move(task));
}

void SessionBackend::attach(std::shared_ptr<PendingTask> task)
{
    const TaskId id = task->id();
    d->track(id, std::move(task), true);
    d->watchResult(id);
}

void SessionBackend::cancel(TaskId id, Answer<CancelOutcome> answer)
{
    if (d->takeBack(id, answer))
        return;
    Cancel question;
    question.id = id;
    d->send(d->cancelRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::retry(TaskId id, Answer<TaskId> answer)
{
    RetryTask question;
    question.id = id;
    question.next = d->ids.next();
    d->send(d->retryRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::control(TaskId id, TaskControl what, Answer<ControlOutcome> answer)
{
    ControlTask question;
    question.id = id;
    question.control = what;
    d->send(d->controlRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::configureQueue(const QString &name, const QueueChange &change, Answer<QueueSettings> answer)
{
    ConfigureQueue question;
    question.name = name;
    question.change = change;
    d->send(d->queueRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::maintain(Maintenance what, const QString &path, Answer<MaintenanceResult> answer)
{
    Maintain question;
    question.what = what;
    question.path = path;
    d->send(d->maintainRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::openBatch(std::shared_ptr<BatchCore> batch)
{
    d->batches.open(batch);
}

void SessionBackend::cancelBatch(TaskId id, Answer<CancelOutcome> answer)
{
    CancelBatch question;
    question.id = id;
    d->send(d->batchCancelRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::show(TaskId id, Answer<TaskInfo> answer)
{
    ShowTask question;
    question.id = id;
    d->send(d->showRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::list(const TaskQuery &query, Answer<TaskPage> answer)
{
    ListTasks question;
    question.query = query;
    d->send(d->listRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::functions(const QString &function, Answer<QList<AvailableFunction>> answer)
{
    Describe question;
    question.function = function;
    d->send(d->functionRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::status(Answer<BrokerStatus> answer)
{
    d->send(d->statusRequests.add(++d->lastRequest, ShowBroker{}, std::move(answer)));
}

void SessionBackend::watch(TaskId id)
{
    ++d->watched[id];
    d->sendWatch(id);
}

void SessionBackend::unwatch(TaskId id)
{
    const auto it = d->watched.find(id);
    if (it == d->watched.end() || --*it > 0)
        return;
    d->watched.erase(it);
    if (d->tracked.contains(id))
        return;
    Unwatch unwatch;
    unwatch.id = id;
    d->send(unwatch);
}

void SessionBackend::openStream(TaskId id, quint64 fromSeq)
{
    const StreamOpen open = d->streams.open(id, fromSeq);
    d->earlyStreams.remove(id);
    if (d->blobs.isPutting(id))
        d->earlyStreams.insert(id);
    else
        d->send(open);
}

void SessionBackend::closeStream(TaskId id)
{
    if (!d->streams.close(id))
        return;
    StreamClose close;
    close.id = id;
    d->send(close);
}

void SessionBackend::holdStream(TaskId id, bool on)
{
    d->streams.hold(id, on);
    if (const auto credit = d->streams.moreCredit(id))
        d->send(*credit);
}

void SessionBackend::subscribe(LiveTable table)
{
    if (d->tables.isSubscribed(Table(table)))
        d->send(unsubscribed(Table(table)));
    d->send(d->tables.subscribe(Table(table)));
}

void SessionBackend::unsubscribe(LiveTable table)
{
    if (d->tables.unsubscribe(Table(table)))
        d->send(unsubscribed(Table(table)));
}

bool SessionBackend::isConnected() const
{
    return d->link && d->link->isReady();
}

qsizetype SessionBackend::unacknowledged() const
{
    return qsizetype(d->unacknowledged());
}

} // namespace drover
