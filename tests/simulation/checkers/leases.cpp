// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Leases : public Checker
{
public:
    explicit Leases(World &world) : Checker(world, "rule 4, a lost link alone ends no lease") {}

    void opened(BrokerNode &broker, const Recovered &) override { hearAll(broker); }
    void woke(BrokerNode &broker, std::chrono::nanoseconds slept) override
    {
        if (slept >= broker.options().leaseTime / 6)
            hearAll(broker);
    }
    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        m_event = event;
        const bool isRenewal = messageOf<Renew>(event) || messageOf<Offer>(event);
        const BrokerNode::Peer *peer = broker.peer(event.session);
        if (peer && (isRenewal || event.kind == BrokerEvent::Kind::Connected))
            m_heard[{&broker, peer->key}] = world().time();
    }
    void sent(BrokerNode &, SessionId, const BrokerMessage &message) override
    {
        if (const auto *assign = std::get_if<Assign>(&message))
            m_assigned.insert({assign->id, assign->token});
    }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        const bool isLost = before && endsLease(*before, record);
        if (isLost && m_assigned.contains({before->task.submission.id, before->delivery().lease->token}))
            judge(broker, *before, record);
        const auto *updated = std::get_if<TaskUpdated>(&record);
        if (updated && updated->delivery.lease && (!before || !before->isLeased()))
            m_leased[{&broker, updated->id}] = world().time();
    }

private:
    void hearAll(const BrokerNode &broker)
    {
        for (const auto &worker : world().workers())
            m_heard[{&broker, worker->key()}] = world().time();
    }
    void judge(const BrokerNode &broker, const Facts &before, const Record &record)
    {
        const LeaseRecord &lease = *before.delivery().lease;
        const TaskId id = taskOf(record);
        const auto *ended = std::get_if<TaskEnded>(&record);
        const bool isDeadline =
            ended && !ended->ending.outcome && ended->ending.outcome.error().reason() == Reason::Deadline;
        if (isDeadline)
            return;
        switch (m_event.kind) {
        case BrokerEvent::Kind::Message: judgeMessage(id, lease); break;
        case BrokerEvent::Kind::Tick: judgeExpiry(broker, before, id, lease); break;
        case BrokerEvent::Kind::Connected:
            expect(agent(lease.worker).incarnation() != lease.incarnation,
                   QStringLiteral("%1 lost its lease because its worker came back").arg(describe(id, lease.token)));
            break;
        case BrokerEvent::Kind::Died:
            expect(!agent(lease.worker).isUp() || agent(lease.worker).incarnation() != lease.incarnation,
                   QStringLiteral("%1 lost its lease though its worker lives").arg(describe(id, lease.token)));
            break;
        case BrokerEvent::Kind::Reply: break; // what the store was asked for a message
        default: broken(QStringLiteral("%1 lost its lease without a reason").arg(describe(id, lease.token)));
        }
    }
    void judgeMessage(const TaskId &id, const LeaseRecord &lease)
    {
        if (const auto *offer = messageOf<Offer>(m_event)) {
            const bool isSuperseded = std::ranges::any_of(
                offer->held, [&](const HeldLease &held) { return held.id == id && held.token > lease.token; });
            for (const HeldLease &held : offer->held)
                expect(
                    isSuperseded || held.id != id || held.token != lease.token,
                    QStringLiteral("%1 lost its lease though its worker presents it").arg(describe(id, lease.token)));
            return;
        }
        const bool isAnEnd = messageOf<Finished>(m_event) || messageOf<Returned>(m_event);
        expect(isAnEnd,
               QStringLiteral("%1 lost its lease by a message that says nothing of it").arg(describe(id, lease.token)));
    }
    void judgeExpiry(const BrokerNode &broker, const Facts &before, const TaskId &id, const LeaseRecord &lease)
    {
        const Milliseconds full = broker.options().leaseTime * (before.options().isExclusive() ? 2 : 1);
        const auto silence = world().time() - std::max(m_heard[{&broker, lease.worker}], m_leased[{&broker, id}]);
        expect(silence >= full,
               QStringLiteral("%1 lost its lease after %2 ms of silence, and it lasts %3 ms")
                   .arg(describe(id, lease.token))
                   .arg(silence / std::chrono::milliseconds(1))
                   .arg(full.count()));
    }
    const WorkerNode &agent(const QByteArray &key) const
    {
        for (const auto &worker : world().workers()) {
            if (worker->key() == key)
                return *worker;
        }
        Q_UNREACHABLE();
    }

    BrokerEvent m_event;
    std::set<LeaseRef> m_assigned; // all others are nobody's yet
    std::map<std::pair<const BrokerNode *, QByteArray>, MonotonicTime> m_heard; // of workers
    std::map<std::pair<const BrokerNode *, TaskId>, MonotonicTime> m_leased;
};

} // namespace

std::unique_ptr<Witness> checkLeases(World &world)
{
    return std::make_unique<Leases>(world);
}

} // namespace drover::simulation
