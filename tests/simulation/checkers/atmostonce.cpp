// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class AtMostOnce : public Checker
{
public:
    explicit AtMostOnce(World &world) : Checker(world, "rule 6, ack_early runs at most once") {}

    void sent(BrokerNode &broker, SessionId, const BrokerMessage &message) override
    {
        const auto *assign = std::get_if<Assign>(&message);
        if (!assign || !assign->ackEarly)
            return;
        m_tasks.insert(assign->id);
        const Facts *facts = broker.ledger().durable(assign->id);
        expect(facts && facts->delivery().lease && facts->delivery().lease->token == assign->token,
               QStringLiteral("%1 was assigned before that was on disk").arg(describe(assign->id, assign->token)));
    }
    void began(WorkerNode &, const LeaseRef &lease) override
    {
        if (m_tasks.contains(lease.id))
            expect(m_began.insert(lease.id).second,
                   QStringLiteral("%1 began, and had begun before").arg(describe(lease.id, lease.token)));
    }

private:
    QSet<TaskId> m_tasks;
    std::set<TaskId> m_began;
};

} // namespace

std::unique_ptr<Witness> checkAtMostOnce(World &world)
{
    return std::make_unique<AtMostOnce>(world);
}

} // namespace drover::simulation
