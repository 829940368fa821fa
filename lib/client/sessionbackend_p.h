// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/openanswers.h"
#include "client/requests.h"
#include "client/sessionbackend.h"
#include "client/sessionbatches.h"
#include "client/sessionblobs.h"
#include "client/submitwindow.h"
#include "client/tablefeeds.h"
#include "client/taskstreams.h"
#include "protocol/messages.h"

namespace drover {

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
    void handle(const RetryAnswer &message);
    void handle(const ControlAnswer &message);
    void handle(const QueueConfigured &message);
    void handle(const Maintained &message);
    void handle(const Changed &message);
    void handle(const Unknown &message);
    void handle(const Functions &message);
    void handle(const ShowTaskAnswer &message);
    void handle(const TaskList &message);
    void handle(const BrokerInfo &message);
    void handle(const StreamItems &message);
    void handle(const Snapshot &message);
    void handle(const Delta &message);
    void handle(const BatchChanged &message) { batches.handle(message); }
    void handle(const BlobStored &message) { blobs.handle(message); }
    void handle(const BlobData &message) { blobs.handle(message); }
    void tell(const TaskResult &message);
    bool isAwaited(const TaskResult &message) const;
    void enter(Submission submission, std::shared_ptr<PendingTask> task);
    void refuse(TaskId id, const std::shared_ptr<PendingTask> &task, const Error &error);
    bool takeBack(TaskId id, const Answer<CancelOutcome> &answer);
    void itemTaken(TaskId id);
    quint64 unacknowledged() const { return quint64(window.size() + blobs.pending()) + batches.unread(); }
    void sayWhenFlushed();
    void taken(const SubmitWindow::Entry &entry);
    void forgetSubmit(TaskId id);
    void failRequests(const Error &error);

    SessionBackend *q;
    std::unique_ptr<ChannelSource> source;
    QString name;
    Id incarnation;
    std::unique_ptr<Link> link;
    SubmitWindow window;
    SystemClock clock;
    QHash<TaskId, Tracked> tracked;
    QHash<TaskId, int> watched; //!< by how many
    TaskStreams streams;
    QSet<TaskId> earlyStreams; //!< to be asked for when the broker has the task
    TableFeeds tables;
    SessionBatches batches{[this](const SessionBatches::Message &message) {
                               std::visit([this](const auto &known) { send(known); }, message);
                           },
                           [this] { sendSubmits(); }};
    SessionBlobs blobs{
        {[this](const SessionBlobs::Message &message) {
             std::visit([this](const auto &known) { send(known); }, message);
         },
         [this](Submission submission, std::shared_ptr<PendingTask> task) {
             enter(std::move(submission), std::move(task));
         },
         [this](TaskId id, const std::shared_ptr<PendingTask> &task, const Error &error) { refuse(id, task, error); },
         [this](const TaskResult &result) { tell(result); }, [this](TaskId id) { watchResult(id); }}};
    OpenAnswers answers{q};
    quint64 lastRequest = 0;
    IdGenerator ids;
    Requests<Cancel, CancelOutcome> cancelRequests;
    Requests<CancelBatch, CancelOutcome> batchCancelRequests;
    Requests<RetryTask, TaskId> retryRequests;
    Requests<ControlTask, ControlOutcome> controlRequests;
    Requests<ConfigureQueue, QueueSettings> queueRequests;
    Requests<Maintain, MaintenanceResult> maintainRequests;
    Requests<ShowTask, TaskInfo> showRequests;
    Requests<ListTasks, TaskPage> listRequests;
    Requests<Describe, QList<AvailableFunction>> functionRequests;
    Requests<ShowBroker, BrokerStatus> statusRequests;
};

} // namespace drover
