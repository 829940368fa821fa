// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"

#include <QtCore/QHash>

namespace drover {

class Registry;

//! Runs tasks in this thread, from the event loop, with the functions of one registry: the same encoding, decoding and
//! errors as elsewhere, without queue, store or retries. For tests.
class LoopbackBackend final : public Backend
{
    Q_OBJECT
public:
    explicit LoopbackBackend(const Registry &registry, QObject *parent = nullptr);
    ~LoopbackBackend() override;

    Options::Features enforces() const override;
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
    void unwatch(TaskId id) override;
    void openStream(TaskId id, quint64 fromSeq) override;
    void closeStream(TaskId id) override;
    void holdStream(TaskId, bool) override {} // there is no way to make a task of the same thread wait
    void subscribe(LiveTable table) override;
    void unsubscribe(LiveTable table) override;
    bool isConnected() const override { return true; }
    qsizetype unacknowledged() const override { return 0; }

private:
    class Private;
    std::shared_ptr<Private> d; //!< shared with tasks that are still running when this is destroyed
};

} // namespace drover
