// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/client.h"

#include "client/backends.h"
#include "client/batchcore.h"
#include "client/taskhandle.h"

#include <QtCore/QTimer>

namespace drover {

namespace {

Error closed()
{
    return Error(ErrorCode::ClientClosed, Client::tr("The client is closed and takes no new tasks."));
}

} // namespace

class Q_DECL_HIDDEN Client::Private
{
public:
    template <typename T, typename Ask> Answer<T> ask(Ask &&question) const
    {
        Answer<T> answer;
        if (backend)
            question(answer.sink());
        else
            answer.sink()(fail(closed()));
        return answer;
    }

    Result<void> takes(const Options &options) const;
    void open(const std::shared_ptr<BatchCore> &batch) const
    {
        batch->backend = backend.get();
        backend->openBatch(batch);
    }

    QUrl url;
    std::unique_ptr<Backend> backend; //!< null while the client is being destroyed
    std::unique_ptr<QObject> watchers = std::make_unique<QObject>(); //!< owns what waits within connected() and close()
    Error connectionError;
    bool closing = false;
};

Client::Client(const QUrl &broker, QObject *parent) : Client(broker, ClientSettings(), parent) {}

Client::Client(const QUrl &broker, const ClientSettings &settings, QObject *parent)
    : Client(makeBackend(broker, settings), parent)
{
    d->url = broker;
}

Client::Client(std::unique_ptr<Backend> backend, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->backend = std::move(backend);
    connect(d->backend.get(), &Backend::connectedChanged, this, [this](bool connected, const Error &why) {
        d->connectionError = why;
        Q_EMIT connectedChanged(connected);
        if (!connected)
            Q_EMIT connectionFailed(why);
    });
}

Client::~Client()
{
    d->closing = true;
    d->watchers.reset();
    d->backend.reset();
}

QUrl Client::broker() const
{
    return d->url;
}

bool Client::isConnected() const
{
    return d->backend && d->backend->isConnected();
}

Error Client::connectionError() const
{
    return d->connectionError;
}

Backend *Client::backend() const
{
    return d->backend.get();
}

Result<void> Client::Private::takes(const Options &options) const
{
    const QStringList unsupported = options.unsupported(backend ? backend->enforces() : Options::Features());
    if (closing)
        return fail(closed());
    if (!unsupported.isEmpty())
        return fail(
            ErrorCode::Unsupported,
            tr("%1 does not honour the option %2; leave it out.")
                .arg(url.isEmpty() ? tr("This broker") : url.toString(), unsupported.join(QStringLiteral(", "))));
    return {};
}

std::shared_ptr<PendingTask> Client::start(Submission submission)
{
    auto task = std::make_shared<PendingTask>(submission.id);
    if (const Result<void> taken = d->takes(submission.options); !taken)
        task->abandon(taken.error());
    else
        d->backend->submit(task, std::move(submission));
    return task;
}

std::shared_ptr<BatchCore> Client::startBatch(BatchPlan plan, const MapOptions &options)
{
    auto batch = std::make_shared<BatchCore>(batchOf(newId()), std::move(plan), options, codecs());
    Result<void> taken = d->takes(options.options());
    if (taken)
        taken = options.options().check();
    if (taken && !options.options().idempotencyKey().isEmpty())
        taken = fail(ErrorCode::InvalidArgument,
                     tr("The items of a batch cannot all have the same idempotency key; leave it out."));
    if (!taken)
        batch->abandon(taken.error());
    else
        d->open(batch);
    return batch;
}

std::shared_ptr<BatchCore> Client::attachToBatch(TaskId id)
{
    auto batch = std::make_shared<BatchCore>(id, codecs());
    if (d->backend)
        d->open(batch);
    else
        batch->abandon(closed());
    return batch;
}

std::shared_ptr<PendingTask> Client::attachTask(TaskId id)
{
    auto task = std::make_shared<PendingTask>(id);
    if (d->backend)
        d->backend->attach(task);
    else
        task->abandon(closed());
    return task;
}

TaskHandle *Client::watch(TaskId id, QObject *parent)
{
    return new TaskHandle(this, id, parent);
}

Answer<CancelOutcome> Client::cancel(TaskId id)
{
    return d->ask<CancelOutcome>([&](auto tell) { d->backend->cancel(id, std::move(tell)); });
}

Answer<TaskId> Client::retry(TaskId id)
{
    return d->ask<TaskId>([&](auto tell) { d->backend->retry(id, std::move(tell)); });
}

Answer<ControlOutcome> Client::control(TaskId id, TaskControl what)
{
    return d->ask<ControlOutcome>([&](auto tell) { d->backend->control(id, what, std::move(tell)); });
}

Answer<TaskInfo> Client::show(TaskId id)
{
    return d->ask<TaskInfo>([&](auto tell) { d->backend->show(id, std::move(tell)); });
}

Answer<TaskPage> Client::list(const TaskQuery &query)
{
    return d->ask<TaskPage>([&](auto tell) { d->backend->list(query, std::move(tell)); });
}

Answer<QList<AvailableFunction>> Client::functions(const QString &function)
{
    return d->ask<QList<AvailableFunction>>([&](auto tell) { d->backend->functions(function, std::move(tell)); });
}

Answer<BrokerStatus> Client::status()
{
    return d->ask<BrokerStatus>([&](auto tell) { d->backend->status(std::move(tell)); });
}

Answer<QueueSettings> Client::configureQueue(const QString &name, const QueueChange &change)
{
    return d->ask<QueueSettings>([&](auto tell) { d->backend->configureQueue(name, change, std::move(tell)); });
}

Answer<MaintenanceResult> Client::backup(const QString &path)
{
    return d->ask<MaintenanceResult>(
        [&](auto tell) { d->backend->maintain(Maintenance::Backup, path, std::move(tell)); });
}

Answer<MaintenanceResult> Client::compact()
{
    return d->ask<MaintenanceResult>(
        [&](auto tell) { d->backend->maintain(Maintenance::Compact, {}, std::move(tell)); });
}

Answer<void> Client::connected(Milliseconds patience)
{
    Answer<void> answer;
    const auto tell = answer.sink();
    if (isConnected()) {
        tell({});
        return answer;
    }
    if (!d->watchers) {
        tell(fail(closed()));
        return answer;
    }
    auto *watcher = new QObject(d->watchers.get());
    connect(d->backend.get(), &Backend::connectedChanged, watcher, [tell, watcher](bool connected, const Error &) {
        if (!connected)
            return;
        watcher->deleteLater();
        tell({});
    });
    connect(watcher, &QObject::destroyed, this,
            [tell] { tell(fail(ErrorCode::ClientClosed, tr("The client was closed before it was connected."))); });
    QTimer::singleShot(patience, watcher, [this, tell, watcher] {
        const Error why = d->connectionError;
        watcher->deleteLater();
        Error timeout(why.code() == ErrorCode::None ? ErrorCode::Unavailable : why.code(),
                      why.message().isEmpty() ? tr("No answer from %1").arg(d->url.toString()) : why.message());
        tell(fail(timeout.setDetails(why.details()).setTransient(why.isTransient())));
    });
    return answer;
}

Answer<qsizetype> Client::close(Milliseconds patience)
{
    d->closing = true;
    Answer<qsizetype> answer;
    const auto tell = answer.sink();
    if (!d->watchers || d->backend->unacknowledged() == 0) {
        tell(d->backend ? d->backend->unacknowledged() : 0);
        return answer;
    }
    auto *watcher = new QObject(d->watchers.get());
    connect(d->backend.get(), &Backend::flushed, watcher, [tell, watcher] {
        watcher->deleteLater();
        tell(0);
    });
    QTimer::singleShot(patience, watcher, [this, tell, watcher] {
        watcher->deleteLater();
        tell(d->backend->unacknowledged());
    });
    connect(watcher, &QObject::destroyed, this,
            [tell, backend = d->backend.get()] { tell(backend->unacknowledged()); });
    return answer;
}

} // namespace drover
