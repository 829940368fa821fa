// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/client.h"

#include "client/backends.h"
#include "client/taskhandle.h"

#include <QtCore/QTimer>

namespace drover {

class Client::Private
{
public:
    QUrl url;
    std::unique_ptr<Backend> backend;
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
    d->backend.reset();
}

QUrl Client::broker() const
{
    return d->url;
}

bool Client::isConnected() const
{
    return d->backend->isConnected();
}

Error Client::connectionError() const
{
    return d->connectionError;
}

Backend *Client::backend() const
{
    return d->backend.get();
}

std::shared_ptr<PendingTask> Client::start(Submission submission)
{
    auto task = std::make_shared<PendingTask>(submission.id);
    const QStringList unsupported = submission.options.unsupported(d->backend ? d->backend->enforces() : Options::Features());
    if (d->closing)
        task->abandon(Error(ErrorCode::ClientClosed, tr("The client is closed and takes no new tasks.")));
    else if (!unsupported.isEmpty())
        task->abandon(Error(ErrorCode::Unsupported, tr("%1 does not honour the option %2; leave it out.")
                                                        .arg(d->url.toString(), unsupported.join(QStringLiteral(", ")))));
    else
        d->backend->submit(task, std::move(submission));
    return task;
}

std::shared_ptr<PendingTask> Client::attachTask(TaskId id)
{
    auto task = std::make_shared<PendingTask>(id);
    d->backend->attach(task);
    return task;
}

TaskHandle *Client::watch(TaskId id, QObject *parent)
{
    return new TaskHandle(this, id, parent);
}

Answer<CancelOutcome> Client::cancel(TaskId id)
{
    Answer<CancelOutcome> answer;
    d->backend->cancel(id, answer.sink());
    return answer;
}

Answer<TaskInfo> Client::show(TaskId id)
{
    Answer<TaskInfo> answer;
    d->backend->show(id, answer.sink());
    return answer;
}

Answer<QList<AvailableFunction>> Client::functions(const QString &function)
{
    Answer<QList<AvailableFunction>> answer;
    d->backend->functions(function, answer.sink());
    return answer;
}

Answer<BrokerStatus> Client::status()
{
    Answer<BrokerStatus> answer;
    d->backend->status(answer.sink());
    return answer;
}

Answer<void> Client::connected(Milliseconds patience)
{
    Answer<void> answer;
    const auto tell = answer.sink();
    if (isConnected()) {
        tell({});
        return answer;
    }
    auto *watcher = new QObject(this);
    connect(d->backend.get(), &Backend::connectedChanged, watcher, [tell, watcher](bool connected, const Error &) {
        if (!connected)
            return;
        watcher->deleteLater();
        tell({});
    });
    connect(watcher, &QObject::destroyed, d->backend.get(), [tell] {
        tell(fail(ErrorCode::ClientClosed, tr("The client was closed before it was connected.")));
    });
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
    if (d->backend->unacknowledged() == 0) {
        tell(0);
        return answer;
    }
    auto *watcher = new QObject(this);
    connect(d->backend.get(), &Backend::flushed, watcher, [tell, watcher] {
        watcher->deleteLater();
        tell(0);
    });
    QTimer::singleShot(patience, watcher, [this, tell, watcher] {
        watcher->deleteLater();
        tell(d->backend->unacknowledged());
    });
    connect(watcher, &QObject::destroyed, d->backend.get(), [tell, backend = d->backend.get()] { tell(backend->unacknowledged()); });
    return answer;
}

} // namespace drover
