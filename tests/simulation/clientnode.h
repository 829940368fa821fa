// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/requests.h"
#include "client/sessionbatches.h"
#include "client/submitwindow.h"
#include "client/tablefeeds.h"
#include "client/taskstreams.h"
#include "node.h"
#include "witness.h"

#include <map>

namespace drover::simulation {

class BrokerNode;

//! An application with a client of one broker: the real window of submits, batches, requests and streams, driven as
//! lib/client/sessionbackend.cpp does.
class ClientNode : public Node
{
public:
    ClientNode(World &world, int number, BrokerNode &broker, bool reachesAll);
    ~ClientNode() override;

    QByteArray owner() const { return name().toLatin1(); }
    Id incarnation() const override { return m_incarnation; }
    bool reachesAll() const { return m_reachesAll; }
    BrokerNode &broker() const { return m_broker; }
    bool isConnected() const { return m_link != 0; }
    static constexpr qsizetype windowLimit = 12;

    // What an application does.
    void submit(Submission submission);
    void map(const QString &name, QList<Submission> items, bool isCounted);
    void cancel(const TaskId &id);
    void cancelBatch(const TaskId &id);
    void retry(const TaskId &id);
    void control(const TaskId &id, TaskControl what);
    void show(const TaskId &id);
    void list(const TaskQuery &query);
    void describeFunctions();
    void configure(const QString &queue, const QueueChange &change);
    void watch(const TaskId &id, bool result);
    void unwatch(const TaskId &id);
    void openStream(const TaskId &id);
    void closeStream(const TaskId &id);
    void subscribe(Table table, bool on);

    //! Tasks that it has submitted in this run, as far as they are its own to speak of; batches.
    const std::vector<TaskId> &tasks() const { return m_tasks; }
    const std::vector<std::shared_ptr<BatchCore>> &batches() const { return m_batches; }
    struct Promise
    {
        TaskId id; //!< as it was submitted
        std::shared_ptr<PendingTask> task;
    };
    const std::vector<Promise> &promises() const { return m_promises; }
    //! Nothing is waited for: no submit, no question, no result.
    bool isQuiet() const;
    QString unrest() const;

    void linkReady(LinkId link, Node &peer, const Id &incarnation) override;
    void linkLost(LinkId link) override;
    void received(LinkId link, const Message &message) override;
    void refused(Node &) override { dialLater(); }
    void unreachable(Node &) override { dialLater(); }

protected:
    void begin() override;
    void end(bool machine) override;

private:
    struct Tracked
    {
        QList<std::shared_ptr<PendingTask>> tasks;
        bool durable = false;
    };
    //! What dies with the process.
    struct Process
    {
        explicit Process(ClientNode &client);

        SubmitWindow window{windowLimit};
        QHash<TaskId, Tracked> tracked;
        TaskStreams streams;
        QSet<TaskId> earlyStreams;
        TableFeeds tables;
        SessionBatches batches;
        quint64 lastRequest = 0;
        qsizetype open = 0; // requests without an answer
        Requests<Cancel, CancelOutcome> cancelRequests;
        Requests<CancelBatch, CancelOutcome> batchCancelRequests;
        Requests<RetryTask, TaskId> retryRequests;
        Requests<ControlTask, ControlOutcome> controlRequests;
        Requests<ShowTask, TaskInfo> showRequests;
        Requests<ListTasks, TaskPage> listRequests;
        Requests<Describe, QList<AvailableFunction>> functionRequests;
        Requests<ConfigureQueue, QueueSettings> queueRequests;
    };

    template <typename M> void send(const M &message);
    template <typename Value, typename Question> void ask(Requests<Question, Value> &requests, Question question);
    void sendSubmits();
    void taken(const SubmitWindow::Entry &entry);
    void handle(const Accepted &message);
    void handle(const SubmitRefused &message);
    void handle(const Duplicate &message);
    void handle(const TaskResult &message);
    void handle(const Settled &message);
    void handle(const CancelAnswer &message);
    void handle(const RetryAnswer &message);
    void handle(const ControlAnswer &message);
    void handle(const Changed &message);
    void handle(const Unknown &message);
    void handle(const Functions &message);
    void handle(const QueueConfigured &message);
    void handle(const ShowTaskAnswer &message);
    void handle(const TaskList &message);
    void handle(const StreamItems &message);
    void handle(const Snapshot &message);
    void handle(const Delta &message);
    void handle(const BatchChanged &message);
    void dialLater();

    BrokerNode &m_broker;
    const bool m_reachesAll;
    Id m_incarnation;
    LinkId m_link = 0;
    std::unique_ptr<Process> m_process;
    std::vector<TaskId> m_tasks;
    std::vector<std::shared_ptr<BatchCore>> m_batches;
    std::vector<Promise> m_promises;
};

} // namespace drover::simulation
