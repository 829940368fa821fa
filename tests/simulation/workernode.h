// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "node.h"
#include "random.h"
#include "simulatedrun.h"
#include "witness.h"

#include <map>

namespace drover::simulation {

class BrokerNode;

//! A worker: the real engine, driven as worker/engine/agent.cpp does, with simulated executors and commands.
class WorkerNode : public Node
{
public:
    WorkerNode(World &world, int number, EngineOptions options);
    ~WorkerNode() override;

    QByteArray key() const { return name().toLatin1(); }
    Id incarnation() const override { return m_options.incarnation; }
    quint32 slotCount() const { return m_options.slots; }
    //! What occupies a slot now.
    quint32 running() const;
    //! Only while it is up.
    const Engine &engine() const { return *m_engine; }
    bool isIdle() const { return !isUp() || (m_engine->isIdle() && m_spool.empty()); }
    //! The broker at the other end of a session; null when that is over.
    BrokerNode *broker(BrokerSession session) const;
    //! Functions of all executors from now on.
    void setFunctions(const QStringList &names);
    //! A broker that it dials.
    void join(BrokerNode &broker) { m_dialled.push_back(&broker); }

    // What can go wrong.
    //! An executor is killed; true if there was one.
    bool killExecutor();
    //! Takes nothing new, and ends when it is done.
    void stop(bool graceful);
    //! It was asked to, and has not done so.
    bool isStopping() const { return isUp() && m_isStopping; }

    void linkReady(LinkId link, Node &peer, const Id &incarnation) override;
    void linkLost(LinkId link) override;
    void received(LinkId link, const Message &message) override;
    void refused(Node &peer) override { dialLater(peer); }
    void unreachable(Node &peer) override;

    // From what runs.
    void note(const QString &text) const { trace(text); }
    TaskId newId();
    void emitItem(ExecutorId executor, const LeaseRef &lease, StreamItem::Kind kind, const QByteArray &data);
    void submitChild(ExecutorId executor, Submit child);
    void tellBlocked(ExecutorId executor, const LeaseRef &lease, bool on);
    void finished(ExecutorId executor, const Finished &how);
    void executorFalls(ExecutorId executor, int signal);

protected:
    void begin() override;
    void end(bool machine) override;

private:
    bool m_isStopping = false;
    std::map<QByteArray, QList<Finished>> m_spool; //!< by broker; a synced file, which power failures leave alone
    struct Executor
    {
        bool isReady = false;
        bool isSuspended = false;
        quint64 submits = 0;
        std::deque<Assign> waiting;
        std::unique_ptr<SimulatedRun> run;
        std::vector<std::function<void()>> missed; // while it stands still
    };

    template <typename F> void feed(const F &event);
    //! What an executor says, after a moment in its pipe.
    template <typename F> void pipe(ExecutorId executor, F event);
    void act(WorkerActions actions);
    void perform(TellBroker &action);
    void perform(DropSession &action);
    void perform(TellExecutor &action);
    void perform(StartExecutor &action);
    void perform(RetireExecutor &action);
    void perform(KillExecutor &action);
    void perform(StartCommand &action);
    void perform(StopCommand &action);
    void perform(SuspendCommand &action);
    void perform(SuspendExecutor &action);
    void perform(PauseCommand &) {}
    void perform(FetchArguments &) {} // no value is large here
    void perform(SpoolResult &action) { m_spool[action.broker].push_back(action.result); }
    void perform(UnspoolResult &action);
    void perform(WorkerEnded &action);
    void executorHears(ExecutorId id, const WorkerToExecutorMessage &message);
    void hear(ExecutorId id, Executor &executor, const Assign &message);
    void hear(ExecutorId id, Executor &executor, const Stop &message);
    void hear(ExecutorId id, Executor &executor, const TakeBack &message);
    void hear(ExecutorId, Executor &executor, const SubmitRefused &message);
    void hear(ExecutorId, Executor &executor, const Duplicate &message);
    void hear(ExecutorId, Executor &executor, const TaskResult &message);
    void hear(ExecutorId, Executor &, const Accepted &) {}
    void hear(ExecutorId, Executor &, const StreamCredit &) {}
    void runNext(ExecutorId id);
    void commandFalls(const LeaseRef &lease);
    void planTurn();
    void planTick();
    void dialLater(Node &peer);

    EngineOptions m_options;
    QList<Signature> m_functions;
    std::unique_ptr<Engine> m_engine;
    std::map<ExecutorId, Executor> m_executors;
    std::map<LeaseRef, std::unique_ptr<SimulatedRun>> m_commands;
    std::map<BrokerSession, BrokerNode *> m_sessions;
    std::vector<BrokerNode *> m_dialled;
    bool m_turnPlanned = false;
    std::optional<MonotonicTime> m_tickAt;
    quint64 m_tickNumber = 0;
};

} // namespace drover::simulation
