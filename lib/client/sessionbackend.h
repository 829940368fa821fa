// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"
#include "session/channelsource.h"
#include "session/link.h"

#include <memory>

namespace drover {

//! Tasks through a session with one of our brokers, over whatever channels its source finds. A lost session is found
//! again by itself: unacknowledged submits are sent again under the same number and id, and open tasks are asked for.
class SessionBackend final : public Backend
{
    Q_OBJECT
public:
    //! \a name is what the broker shows people.
    SessionBackend(std::unique_ptr<ChannelSource> source, const QString &name, QObject *parent = nullptr);
    ~SessionBackend() override;

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
    void holdStream(TaskId id, bool on) override;
    void subscribe(LiveTable table) override;
    void unsubscribe(LiveTable table) override;
    bool isConnected() const override;
    qsizetype unacknowledged() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
