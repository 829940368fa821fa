// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Pull : public Checker
{
public:
    explicit Pull(World &world) : Checker(world, "rule 10, pull, not push") {}

    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        if (const auto *grant = messageOf<Grant>(event))
            m_sessions[{&broker, event.session}].granted = grant->assigns;
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (!std::holds_alternative<Assign>(message))
            return;
        Session &known = m_sessions[{&broker, session}];
        expect(++known.assigned <= known.granted, QStringLiteral("%1 assigns of %2 granted ones were sent to %3")
                                                      .arg(known.assigned)
                                                      .arg(known.granted)
                                                      .arg(broker.peer(session) ? broker.peer(session)->node->name() : QString()));
    }
    void began(WorkerNode &worker, const LeaseRef &lease) override
    {
        expect(worker.running() <= worker.slotCount(), QStringLiteral("%1 began on %2, where %3 run on %4 slots")
                                                           .arg(describe(lease.id, lease.token), worker.name())
                                                           .arg(worker.running())
                                                           .arg(worker.slotCount()));
    }

private:
    struct Session
    {
        quint64 granted = 0;
        quint64 assigned = 0;
    };
    std::map<std::pair<const BrokerNode *, SessionId>, Session> m_sessions;
};

} // namespace

std::unique_ptr<Witness> checkPull(World &world)
{
    return std::make_unique<Pull>(world);
}

} // namespace drover::simulation
