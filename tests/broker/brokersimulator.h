// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/scheduler.h"
#include "memorystore.h"

#include <deque>
#include <map>
#include <random>

namespace drover::testing {

//! A broker with clients and workers around it, in virtual time, driven by a seed: links drop, workers and the broker
//! are killed, commits lag. Checks the rules of delivery while it goes; problems() names what was broken.
class BrokerSimulator
{
public:
    BrokerSimulator(quint64 seed, int clients, int workers);

    void step(); //!< something happens, by chance
    void drain(); //!< nothing breaks any more; until all that was submitted is finished
    void check(); //!< after drain()
    const QStringList &problems() const { return m_problems; }
    qsizetype accepted() const { return m_accepted.size(); }

private:
    struct Link
    {
        SessionId session = 0;
        std::deque<BrokerMessage> inbox;
    };
    struct Client
    {
        QByteArray owner;
        Id incarnation;
        Link link;
        quint64 seq = 0;
        std::map<quint64, Submit> unacknowledged;
        std::map<quint64, TaskId> sent;
        QList<TaskId> batches; //!< items go to the last one
        quint32 items = 0; //!< of that
    };
    struct Running
    {
        Token token;
    };
    struct Agent
    {
        QByteArray key;
        Id incarnation;
        Link link;
        quint64 granted = 0;
        quint64 childSeq = 0;
        std::map<TaskId, Running> running;
        std::map<std::pair<TaskId, Token>, Finished> unacknowledged;
    };

    int chance(int below) { return int(m_random() % quint64(below)); }
    Id newIncarnation() { return m_ids.next(m_now.wallMs); }
    template <typename M> void inject(SessionId from, const M &message);
    template <typename Body> void act(const Body &body);
    void carryOut(Actions &actions);
    void deliver(const SendTo &send);
    void noteRecords(const AppendRecords &append);
    void problem(const QString &text) { m_problems.append(text); }

    void connectClient(Client &client);
    void connectAgent(Agent &agent);
    void dropLink(Link &link);
    void submit(Client &client);
    void makeItem(Client &client, Submit &message);
    void cancelSome(Client &client);
    void checkBatch(const Client &client, const TaskId &batch);
    void finishSome(Agent &agent, bool smoothly);
    void receive(Client &client, const BrokerMessage &message);
    void receive(Agent &agent, const BrokerMessage &message);
    void readInboxes(bool all);
    void commit();
    void crashBroker();
    void crashAgent(Agent &agent);
    void advance(Milliseconds by);
    void checkSettled();

    SchedulerOptions m_options;
    std::mt19937_64 m_random;
    IdGenerator m_ids;
    Now m_now{MonotonicTime(std::chrono::hours(1)), 1'800'000'000'000};
    MemoryStore m_store;
    std::unique_ptr<Scheduler> m_scheduler;
    std::vector<Client> m_clients;
    std::vector<Agent> m_agents;
    SessionId m_sessions = 0;
    quint64 m_epoch = 1;
    quint64 m_renewals = 0;
    QSet<TaskId> m_accepted;
    std::map<TaskId, Token> m_newest; // tokens issued
    std::map<TaskId, Ending> m_settled;
    QStringList m_problems;
};

} // namespace drover::testing
