// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/feeds.h"
#include "broker/scheduler.h"
#include "ledger.h"
#include "node.h"
#include "simulatedstore.h"
#include "witness.h"

#include <map>
#include <set>

namespace drover::simulation {

class WorkerNode;

//! A broker: the real scheduler and store, driven as lib/broker/broker.cpp does.
class BrokerNode : public Node
{
public:
    //! Who is at the other end of a session.
    struct Peer
    {
        Party party = Party::Client;
        Node *node = nullptr;
        QByteArray key; //!< of a worker; of a client the owner
        Id incarnation;
        bool everyTask = true;
    };

    BrokerNode(World &world, int number, const QString &file, const SchedulerOptions &options);
    ~BrokerNode() override;

    int number() const { return m_number; }
    QByteArray key() const { return name().toLatin1(); }
    const SchedulerOptions &options() const { return m_options; }
    const Ledger &ledger() const { return m_ledger; }
    //! Only while it is up.
    const Scheduler &scheduler() const { return *m_scheduler; }
    SimulatedStore &store() { return *m_store; }
    quint64 epoch() const { return m_epoch; }
    //! Null when that session is over.
    const Peer *peer(SessionId session) const;
    const std::map<SessionId, Peer> &peers() const { return m_peers; }
    //! What a worker or a client is called by, in the session that is the newest of it; 0 when there is none.
    SessionId sessionOf(const QByteArray &worker) const;
    SessionId sessionOf(const Id &client) const;
    //! A worker that it finds by itself.
    void discover(WorkerNode &worker) { m_dialled.push_back(&worker); }
    //! The disk is slow for a while.
    void slowDisk(std::chrono::nanoseconds time);

    void linkReady(LinkId link, Node &peer, const Id &incarnation) override;
    void linkLost(LinkId link) override;
    void received(LinkId link, const Message &message) override;
    void refused(Node &peer) override;
    void unreachable(Node &peer) override;

protected:
    void begin() override;
    void end(bool machine) override;
    void woken(std::chrono::nanoseconds slept) override;

private:
    template <typename Body> void event(const BrokerEvent &what, const Body &body);
    void act(Actions actions);
    void perform(SendTo &action);
    void perform(AppendRecords &action);
    void perform(LoadLane &action);
    void perform(FindTask &action);
    void perform(QueryTasks &action);
    void perform(CloseSession &action);
    void perform(ServeBlob &) {} // no value is large here
    void noteStates();
    void planTick();
    void planPublish();
    void publish();
    void post(StoreRequest request);
    void serveStore();
    void finishRound(bool replies);
    void losePower(bool machine);
    void dialLater(Node &peer);

    const int m_number;
    const QString m_file;
    const SchedulerOptions m_options;
    Ledger m_ledger;
    std::unique_ptr<SimulatedStore> m_store;
    std::unique_ptr<Scheduler> m_scheduler;
    std::unique_ptr<Feeds> m_feeds;
    std::map<SessionId, Peer> m_peers;
    std::map<QByteArray, SessionId> m_newestOfWorker;
    std::map<Id, SessionId> m_newestOfClient;
    std::vector<WorkerNode *> m_dialled;
    std::set<const Node *> m_met; // dialled workers that were met, in this run
    std::map<TaskId, State> m_states; // as last seen, for the report
    quint64 m_epoch = 0;
    std::optional<MonotonicTime> m_tickAt;
    quint64 m_tickNumber = 0;
    bool m_publishing = false;
    bool m_isStoreBusy = false;
    std::vector<StoreReply> m_answers; //!< that were not taken yet
    MonotonicTime m_slowUntil{};
};

} // namespace drover::simulation
