// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/refusingbackend.h"

namespace drover {

RefusingBackend::RefusingBackend(Error error, QObject *parent) : Backend(parent), m_error(std::move(error))
{
    later([this] { Q_EMIT connectedChanged(false, m_error); });
}

void RefusingBackend::later(std::function<void()> tell)
{
    QMetaObject::invokeMethod(this, std::move(tell), Qt::QueuedConnection);
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
    later([this, answer] { answer(fail(m_error)); });
}

void RefusingBackend::show(TaskId, Answer<TaskInfo> answer)
{
    later([this, answer] { answer(fail(m_error)); });
}

void RefusingBackend::functions(const QString &, Answer<QList<AvailableFunction>> answer)
{
    later([this, answer] { answer(fail(m_error)); });
}

void RefusingBackend::status(Answer<BrokerStatus> answer)
{
    later([this, answer] { answer(fail(m_error)); });
}

void RefusingBackend::watch(TaskId id)
{
    later([this, id] { Q_EMIT taskUnknown(id, m_error); });
}

} // namespace drover
