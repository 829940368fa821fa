// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Resending : public Checker
{
public:
    explicit Resending(World &world) : Checker(world, "rule 5, results are sent until they are acknowledged") {}

    void agentEnded(WorkerNode &worker) override
    {
        m_owed.erase(&worker);
        m_presented.erase(&worker);
    }
    void told(WorkerNode &worker, BrokerSession session, const WorkerToBrokerMessage &message) override
    {
        if (const auto *finished = std::get_if<Finished>(&message)) {
            const LeaseRef lease{finished->id, finished->token};
            m_owed[&worker][lease].broker = worker.broker(session);
            m_owed[&worker][lease].session = session;
        } else if (std::holds_alternative<Offer>(message) && m_offered.insert(session).second) {
            m_presented[&worker].append(session);
        }
    }
    void heard(WorkerNode &worker, BrokerSession, const Message &message) override
    {
        const auto *acknowledged = std::get_if<FinishedAck>(&message);
        if (!acknowledged)
            return;
        for (const LeaseRef &lease : acknowledged->leases)
            m_owed[&worker].erase(lease);
    }
    //! After a new link all that is owed has been told on it.
    void turned(WorkerNode &worker) override
    {
        for (const BrokerSession session : std::exchange(m_presented[&worker], {})) {
            const BrokerNode *broker = worker.broker(session);
            for (const auto &[lease, owed] : m_owed[&worker])
                expect(!broker || owed.broker != broker || owed.session >= session,
                       QStringLiteral("%1 did not tell again how %2 ended")
                           .arg(worker.name(), describe(lease.id, lease.token)));
        }
    }
    void finished() override
    {
        for (const auto &[worker, owed] : m_owed)
            expect(owed.empty(),
                   QStringLiteral("%1 owes the result of %2, which nobody acknowledged")
                       .arg(worker->name(),
                            owed.empty() ? QString() : describe(owed.begin()->first.id, owed.begin()->first.token)));
    }

private:
    struct Owed
    {
        const BrokerNode *broker = nullptr;
        BrokerSession session = 0; // it was told on last
    };
    std::map<const WorkerNode *, std::map<LeaseRef, Owed>> m_owed;
    std::map<const WorkerNode *, QList<BrokerSession>> m_presented; // new in this turn
    std::set<BrokerSession> m_offered;
};

} // namespace

std::unique_ptr<Witness> checkResending(World &world)
{
    return std::make_unique<Resending>(world);
}

} // namespace drover::simulation
