// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Orphans : public Checker
{
public:
    explicit Orphans(World &world) : Checker(world, "rule 3, late results are kept") {}

    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        const auto *finished = messageOf<Finished>(event);
        if (finished && finished->ok)
            m_results[{&broker, LeaseRef{finished->id, finished->token}}] = true;
    }
    void sent(BrokerNode &broker, SessionId, const BrokerMessage &message) override
    {
        const auto *acknowledged = std::get_if<FinishedAck>(&message);
        if (!acknowledged)
            return;
        for (const LeaseRef &lease : acknowledged->leases) {
            const Facts *facts = broker.ledger().durable(lease.id);
            if (facts && m_results.contains({&broker, lease}))
                expect(isTheEnd(*facts, lease) || isOrphan(*facts, lease),
                       QStringLiteral("the result of %1 was acknowledged and is not kept")
                           .arg(describe(lease.id, lease.token)));
        }
    }

private:
    static bool isTheEnd(const Facts &facts, const LeaseRef &lease)
    {
        return facts.ending && facts.ending->state == State::Success && facts.ending->attempt == lease.token.attempt;
    }
    static bool isOrphan(const Facts &facts, const LeaseRef &lease)
    {
        return std::any_of(facts.orphans.begin(), facts.orphans.end(), [&](const OrphanInfo &orphan) {
            return Token{orphan.epoch, orphan.attempt} == lease.token;
        });
    }

    std::map<std::pair<const BrokerNode *, LeaseRef>, bool> m_results; // that a broker was given
};

} // namespace

std::unique_ptr<Witness> checkOrphans(World &world)
{
    return std::make_unique<Orphans>(world);
}

} // namespace drover::simulation
