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
    std::shared_ptr<ValueStream> values; //!< once somebody asked for one
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
        if (unknown != d->id)
            return;
        const QPointer<TaskHandle> alive(this);
        endValues(error);
        if (alive)
            Q_EMIT failed(error);
    });
    connect(client->backend(), &Backend::streamReceived, this,
            [this](TaskId task, quint32 attempt, const QList<StreamItem> &items, bool end) {
                if (task != d->id || !d->streaming)
                    return;
                const auto values = d->values;
                Q_EMIT received(attempt, items, end);
                if (values)
                    values->received(attempt, items, end);
            });
    connect(client->backend(), &QObject::destroyed, this, [this] {
        const QPointer<TaskHandle> alive(this);
        endValues(clientClosed());
        if (alive && !isFinished())
            Q_EMIT failed(clientClosed());
    });
    client->backend()->watch(id);
}

TaskHandle::~TaskHandle()
{
    if (d->backend) {
        closeStream();
        d->backend->unwatch(d->id);
        d->backend = nullptr;
    }
    endValues(Error(ErrorCode::ClientClosed, tr("The reader of the task's values was destroyed.")));
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
    const bool again = std::exchange(d->streaming, true);
    d->backend->openStream(d->id, fromSeq);
    if (again)
        d->backend->closeStream(d->id); // the reader before
}

void TaskHandle::closeStream()
{
    if (std::exchange(d->streaming, false) && d->backend)
        d->backend->closeStream(d->id);
}

std::shared_ptr<ValueStream> TaskHandle::values()
{
    if (d->values)
        return d->values;
    d->values = std::make_shared<ValueStream>([backend = d->backend, id = d->id](bool on) {
        if (backend)
            backend->holdStream(id, on);
    });
    if (d->backend)
        openStream();
    else
        d->values->fail(clientClosed());
    return d->values;
}

void TaskHandle::endValues(const Error &error)
{
    if (const auto values = d->values)
        values->fail(error);
}

Error TaskHandle::nextError() const
{
    return d->values ? d->values->error() : Error();
}

void TaskHandle::cancel()
{
    if (d->backend)
        d->backend->cancel(d->id, [](const Result<CancelOutcome> &) {});
}

} // namespace drover
