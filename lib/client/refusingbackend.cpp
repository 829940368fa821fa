// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/refusingbackend.h"

#include "client/batchcore.h"

namespace drover {

RefusingBackend::RefusingBackend(Error error, QObject *parent)
    : Backend(parent), m_error(std::move(error)), m_open(this)
{
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT connectedChanged(false, m_error); }, Qt::QueuedConnection);
}

void RefusingBackend::submit(std::shared_ptr<PendingTask> task, Submission)
{
    task->abandon(m_error);
}

void RefusingBackend::attach(std::shared_ptr<PendingTask> task)
{
    task->abandon(m_error);
}

void RefusingBackend::cancel(TaskId, Answer<CancelOutcome> answer)
{
    m_open.later<CancelOutcome>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::retry(TaskId, Answer<TaskId> answer)
{
    m_open.later<TaskId>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::control(TaskId, TaskControl, Answer<ControlOutcome> answer)
{
    m_open.later<ControlOutcome>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::configureQueue(const QString &, const QueueChange &, Answer<QueueSettings> answer)
{
    m_open.later<QueueSettings>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::maintain(Maintenance, const QString &, Answer<MaintenanceResult> answer)
{
    m_open.later<MaintenanceResult>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::openBatch(std::shared_ptr<BatchCore> batch)
{
    batch->abandon(m_error);
}

void RefusingBackend::cancelBatch(TaskId, Answer<CancelOutcome> answer)
{
    m_open.later<CancelOutcome>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::show(TaskId, Answer<TaskInfo> answer)
{
    m_open.later<TaskInfo>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::list(const TaskQuery &, Answer<TaskPage> answer)
{
    m_open.later<TaskPage>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::functions(const QString &, Answer<QList<AvailableFunction>> answer)
{
    m_open.later<QList<AvailableFunction>>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::status(Answer<BrokerStatus> answer)
{
    m_open.later<BrokerStatus>(std::move(answer), [this] { return fail(m_error); });
}

void RefusingBackend::watch(TaskId id)
{
    QMetaObject::invokeMethod(
        this, [this, id] { Q_EMIT taskUnknown(id, m_error); }, Qt::QueuedConnection);
}

} // namespace drover
