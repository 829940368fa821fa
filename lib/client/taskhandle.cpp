// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/taskhandle.h"

namespace drover {

namespace {

Error clientClosed()
{
    return Error(ErrorCode::ClientClosed, TaskHandle::tr("The client was closed; the task goes on."));
}

} // namespace

class Q_DECL_HIDDEN TaskHandle::Private
{
public:
    QPointer<Backend> backend;
    TaskId id;
    TaskInfo info;
    bool streaming = false;
};

TaskHandle::TaskHandle(Client *client, TaskId id, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->backend = client->backend();
    d->id = id;
    d->info.id = id;
    if (!d->backend) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT failed(clientClosed()); }, Qt::QueuedConnection);
        return;
    }
    connect(client->backend(), &Backend::taskChanged, this, [this](const TaskInfo &task) {
        if (task.id != d->id || isFinished())
            return;
        d->info = task;
        const QPointer<TaskHandle> alive(this);
        Q_EMIT changed();
        if (alive && isFinished())
            Q_EMIT finished();
    });
    connect(client->backend(), &Backend::taskUnknown, this, [this](TaskId unknown, const Error &error) {
        if (unknown == d->id)
            Q_EMIT failed(error);
    });
    connect(client->backend(), &Backend::streamReceived, this,
            [this](TaskId task, quint32 attempt, const QList<StreamItem> &items, bool end) {
                if (task == d->id && d->streaming)
                    Q_EMIT received(attempt, items, end);
            });
    connect(client->backend(), &QObject::destroyed, this, [this] {
        if (!isFinished())
            Q_EMIT failed(clientClosed());
    });
    client->backend()->watch(id);
}

TaskHandle::~TaskHandle()
{
    if (!d->backend)
        return;
    closeStream();
    d->backend->unwatch(d->id);
}

TaskId TaskHandle::id() const
{
    return d->id;
}

const TaskInfo &TaskHandle::info() const
{
    return d->info;
}

void TaskHandle::openStream(quint64 fromSeq)
{
    if (!d->backend)
        return;
    d->streaming = true;
    d->backend->openStream(d->id, fromSeq);
}

void TaskHandle::closeStream()
{
    if (std::exchange(d->streaming, false) && d->backend)
        d->backend->closeStream(d->id);
}

void TaskHandle::cancel()
{
    if (d->backend)
        d->backend->cancel(d->id, [](const Result<CancelOutcome> &) {});
}

} // namespace drover
