// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"
#include "client/openanswers.h"

namespace drover {

//! Answers everything with one error: what a Client has whose URL or keys are wrong.
class RefusingBackend final : public Backend
{
    Q_OBJECT
public:
    explicit RefusingBackend(Error error, QObject *parent = nullptr);

    Options::Features enforces() const override { return Options::Features(~0u); }
    void submit(std::shared_ptr<PendingTask> task, Submission submission) override;
    void attach(std::shared_ptr<PendingTask> task) override;
    void cancel(TaskId id, Answer<CancelOutcome> answer) override;
    void openBatch(std::shared_ptr<BatchCore> batch) override;
    void cancelBatch(TaskId id, Answer<CancelOutcome> answer) override;
    void retry(TaskId id, Answer<TaskId> answer) override;
    void control(TaskId id, TaskControl what, Answer<ControlOutcome> answer) override;
    void configureQueue(const QString &name, const QueueChange &change, Answer<QueueSettings> answer) override;
    void maintain(Maintenance what, const QString &path, Answer<MaintenanceResult> answer) override;
    void show(TaskId id, Answer<TaskInfo> answer) override;
    void list(const TaskQuery &query, Answer<TaskPage> answer) override;
    void functions(const QString &function, Answer<QList<AvailableFunction>> answer) override;
    void status(Answer<BrokerStatus> answer) override;
    void watch(TaskId id) override;
    void unwatch(TaskId) override {}
    void openStream(TaskId, quint64) override {}
    void closeStream(TaskId) override {}
    void holdStream(TaskId, bool) override {}
    void subscribe(LiveTable) override {}
    void unsubscribe(LiveTable) override {}
    bool isConnected() const override { return false; }
    qsizetype unacknowledged() const override { return 0; }

private:
    Error m_error;
    OpenAnswers m_open;
};

} // namespace drover
