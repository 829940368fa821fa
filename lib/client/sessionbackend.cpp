// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbackend.h"

#include "client/requests.h"
#include "client/submitwindow.h"
#include "client/tablefeeds.h"
#include "client/taskstreams.h"
#include "protocol/messages.h"
#include "support/logging.h"

#include <QtCore/QPointer>

namespace drover {

namespace {

Submit toMessage(const SubmitWindow::Entry &entry)
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
    return message;
}

BrokerStatus toStatus(const BrokerInfo &info, const QString &address)
{
    return {info.name,   info.version, address,       info.store,   info.durability, info.log,       info.epoch,
            info.queued, info.running, info.finished, info.workers, info.slots,      info.startedMs, info.pid};
}

Unsubscribe unsubscribed(Table table)
{
    Unsubscribe message;
    message.table = table;
    return message;
}

} // namespace

class SessionBackend::Private
{
public:
    Private(SessionBackend *owner, std::unique_ptr<ChannelSource> channels, const QString &ownName)
        : q(owner), source(std::move(channels)), name(ownName), incarnation(IdGenerator().next())
    {}

    //! Everybody interested in the result of one task.
    struct Tracked
    {
        QList<std::shared_ptr<PendingTask>> tasks;
        bool durable = false; //!< the broker has it: after a lost link it is asked for, not sent again
    };

    void opened(Channel *channel);
    void becameReady();
    void lost(const Error &why);
    void askForAll();
    void sendSubmits();
    void track(TaskId id, std::shared_ptr<PendingTask> task, bool durable);
    void watchResult(TaskId id);
    void sendWatch(TaskId id);
    template <typename M> void send(const M &message)
    {
        if (link && link->isReady())
            link->send(message);
    }
    template <typename M> void read(const RawMessage &raw)
    {
        if (auto message = decode<M>(raw))
            handle(*message);
        else
            link->refuse(message.error());
    }
    void receive(const RawMessage &raw);
    void handle(const Accepted &message);
    void handle(const SubmitRefused &message);
    void handle(const Duplicate &message);
    void handle(const TaskResult &message);
    void handle(const Settled &message);
    void handle(const CancelAnswer &message);
    void handle(const Changed &message) { Q_EMIT q->taskChanged(message.task); }
    void handle(const Unknown &message);
    void handle(const Functions &message);
    void handle(const ShowTaskAnswer &message);
    void handle(const BrokerInfo &message)
    {
        statusRequests.answer(message.request, toStatus(message, link->peerAddress()));
    }
    void handle(const StreamItems &message);
    void handle(const Snapshot &message);
    void handle(const Delta &message);
    void taken(const SubmitWindow::Entry &entry);
    void forgetSubmit(TaskId id);
    void failRequests(const Error &error);

    SessionBackend *q;
    std::unique_ptr<ChannelSource> source;
    QString name;
    Id incarnation;
    std::unique_ptr<Link> link;
    SubmitWindow window;
    QHash<TaskId, Tracked> tracked;
    QHash<TaskId, int> watched; //!< by how many
    TaskStreams streams;
    TableFeeds tables;
    quint64 lastRequest = 0;
    Requests<Cancel, CancelOutcome> cancelRequests;
    Requests<ShowTask, TaskInfo> showRequests;
    Requests<Describe, QList<AvailableFunction>> functionRequests;
    Requests<ShowBroker, BrokerStatus> statusRequests;
};

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
    window.rewind();
    sendSubmits();
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
    showRequests.askAgain(ask);
    functionRequests.askAgain(ask);
    statusRequests.askAgain(ask);
}

void SessionBackend::Private::lost(const Error &why)
{
    link.release()->deleteLater();
    const QPointer<SessionBackend> alive(q);
    Q_EMIT q->connectedChanged(false, why);
    if (alive)
        source->start();
}

void SessionBackend::Private::sendSubmits()
{
    if (!link || !link->isReady())
        return;
    while (!link->isCongested()) {
        const SubmitWindow::Entry *entry = window.next();
        if (!entry)
            return;
        link->send(toMessage(*entry));
    }
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

void SessionBackend::Private::receive(const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Accepted: return read<Accepted>(raw);
    case Kind::SubmitRefused: return read<SubmitRefused>(raw);
    case Kind::Duplicate: return read<Duplicate>(raw);
    case Kind::TaskResult: return read<TaskResult>(raw);
    case Kind::Settled: return read<Settled>(raw);
    case Kind::CancelAnswer: return read<CancelAnswer>(raw);
    case Kind::Changed: return read<Changed>(raw);
    case Kind::Unknown: return read<Unknown>(raw);
    case Kind::Functions: return read<Functions>(raw);
    case Kind::ShowTaskAnswer: return read<ShowTaskAnswer>(raw);
    case Kind::BrokerInfo: return read<BrokerInfo>(raw);
    case Kind::StreamItems: return read<StreamItems>(raw);
    case Kind::Snapshot: return read<Snapshot>(raw);
    case Kind::Delta: return read<Delta>(raw);
    default: qCWarning(logClient).noquote() << "a broker sent" << toString(raw.kind) << "to a client; ignored";
    }
}

void SessionBackend::Private::taken(const SubmitWindow::Entry &entry)
{
    const QPointer<SessionBackend> alive(q);
    const TaskId id = entry.task->id();
    if (const auto it = tracked.find(id); it != tracked.end())
        it->durable = true;
    if (watched.contains(id))
        sendWatch(id);
    entry.task->accept();
    if (alive && window.isEmpty())
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
    forgetSubmit(entry->submission.id);
    const QPointer<SessionBackend> alive(q);
    entry->task->accept(fail(message.error));
    if (alive && window.isEmpty())
        Q_EMIT q->flushed();
    if (alive)
        sendSubmits();
}

void SessionBackend::Private::handle(const Duplicate &message)
{
    const auto entry = window.take(message.seq);
    if (!entry)
        return;
    forgetSubmit(message.id);
    entry->task->rename(message.existing);
    track(message.existing, entry->task, true);
    taken(*entry);
}

void SessionBackend::Private::handle(const TaskResult &message)
{
    const auto it = tracked.find(message.id);
    if (it == tracked.end())
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
        const Tracked entry = alive ? tracked.take(id) : Tracked();
        for (const auto &task : entry.tasks)
            task->settle();
    }
}

void SessionBackend::Private::handle(const CancelAnswer &message)
{
    if (message.answer == CancelAnswer::Answer::NotFound)
        return cancelRequests.answer(message.request, fail(ErrorCode::NotFound, tr("There is no such task.")));
    cancelRequests.answer(message.request, CancelOutcome(message.answer));
}

void SessionBackend::Private::handle(const Unknown &message)
{
    const auto it = tracked.constFind(message.id);
    if (it != tracked.cend() && !it->durable)
        return; // its submit is still under way; taken() asks again
    const QPointer<SessionBackend> alive(q);
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

void SessionBackend::Private::handle(const StreamItems &message)
{
    const QPointer<SessionBackend> alive(q);
    const auto fresh = streams.received(message);
    if (fresh)
        Q_EMIT q->streamReceived(message.id, fresh->attempt, fresh->items, message.end);
    if (fresh && alive && fresh->credit)
        send(*fresh->credit);
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

void SessionBackend::Private::failRequests(const Error &error)
{
    cancelRequests.failAll(error);
    showRequests.failAll(error);
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
    d->failRequests(closed);
}

Options::Features SessionBackend::enforces() const
{
    return Options::Queue | Options::Priority | Options::Timeout | Options::Retries | Options::Backoff | Options::Tags
        | Options::NoResult | Options::Raw | Options::IdempotencyKey | Options::Eta | Options::Expires
        | Options::Detached | Options::Codec;
}

void SessionBackend::submit(std::shared_ptr<PendingTask> task, Submission submission)
{
    d->track(submission.id, task, false);
    d->window.add(std::move(submission), std::move(task));
    d->sendSubmits();
}

void SessionBackend::attach(std::shared_ptr<PendingTask> task)
{
    const TaskId id = task->id();
    d->track(id, std::move(task), true);
    d->watchResult(id);
}

void SessionBackend::cancel(TaskId id, Answer<CancelOutcome> answer)
{
    Cancel question;
    question.id = id;
    d->send(d->cancelRequests.add(++d->lastRequest, question, std::move(answer)));
}

void SessionBackend::show(TaskId id, Answer<TaskInfo> answer)
{
    ShowTask question;
    question.id = id;
    d->send(d->showRequests.add(++d->lastRequest, question, std::move(answer)));
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
    d->send(d->streams.open(id, fromSeq));
}

void SessionBackend::closeStream(TaskId id)
{
    if (!d->streams.close(id))
        return;
    StreamClose close;
    close.id = id;
    d->send(close);
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
    return d->window.size();
}

} // namespace drover
