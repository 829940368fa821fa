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
        const auto *grant = messageOf<Grant>(event);
        if (!grant)
            return;
        Session &known = m_sessions[{&broker, event.session}];
        known.granted = grant->assigns;
        known.most = std::max(known.most, known.granted);
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        const auto *assign = std::get_if<Assign>(&message);
        if (!assign)
            return;
        Session &known = m_sessions[{&broker, session}];
        ++known.assigned;
        // one that is held back until its lease is on disk took its place before a grant that came meanwhile
        const quint64 granted = assign->ackEarly || assign->exclusive ? known.most : known.granted;
        expect(known.assigned <= granted,
               QStringLiteral("%1 assigns of %2 granted ones were sent to %3")
                   .arg(known.assigned)
                   .arg(granted)
                   .arg(broker.peer(session) ? broker.peer(session)->node->name() : QString()));
    }
    void began(WorkerNode &worker, const LeaseRef &lease) override
    {
        expect(worker.running() <= worker.slotCount(),
               QStringLiteral("%1 began on %2, where %3 run on %4 slots")
                   .arg(describe(lease.id, lease.token), worker.name())
                   .arg(worker.running())
                   .arg(worker.slotCount()));
    }

private:
    struct Session
    {
        quint64 granted = 0;
        quint64 most = 0;
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
