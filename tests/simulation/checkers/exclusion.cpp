// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Exclusion : public Checker
{
public:
    explicit Exclusion(World &world) : Checker(world, "rule 5, an exclusive task runs once at a time") {}

    void heard(WorkerNode &worker, BrokerSession session, const Message &message) override
    {
        const auto *assign = std::get_if<Assign>(&message);
        const Touch now{world().time(), worker.sleeps()};
        if (assign && assign->exclusive)
            m_leases[{assign->id, assign->token}] = {worker.broker(session), now, Milliseconds(assign->leaseMs)};
        else if (std::holds_alternative<Renewed>(message))
            m_renewed[{&worker, worker.broker(session)}] = now;
    }
    //! Who has lost touch for longer than the lease has ended what is exclusive.
    void turned(WorkerNode &worker) override
    {
        for (const auto &[lease, where] : m_running) {
            const auto known = m_leases.find(lease);
            if (where.worker != &worker || known == m_leases.end())
                continue;
            const Touch last = std::max(known->second.assigned, m_renewed[{&worker, known->second.broker}]);
            expect(last.slept != worker.sleeps() || world().time() - last.at <= known->second.time + killTime,
                   QStringLiteral("%1 runs on at %2, which has no lease any more")
                       .arg(describe(lease.id, lease.token), worker.name()));
        }
    }
    void began(WorkerNode &worker, const LeaseRef &lease) override
    {
        for (const auto &[other, where] : m_running) {
            const bool isSame = other.id == lease.id && other.token != lease.token;
            // who sleeps does nothing, and wakes to end it
            expect(!isSame || where.worker->isAsleep() || where.slept != where.worker->sleeps()
                       || !isExclusive(lease.id),
                   QStringLiteral("%1 began on %2 while %3 still runs on %4")
                       .arg(describe(lease.id, lease.token), worker.name(), describe(other.id, other.token),
                            where.worker->name()));
        }
        m_running[lease] = {&worker, worker.sleeps()};
    }
    void ran(WorkerNode &, const LeaseRef &lease, const Finished &) override { m_running.erase(lease); }
    void fell(WorkerNode &, const LeaseRef &lease) override { m_running.erase(lease); }
    void agentEnded(WorkerNode &worker) override
    {
        std::erase_if(m_running, [&](const auto &entry) { return entry.second.worker == &worker; });
    }

private:
    struct Place
    {
        const WorkerNode *worker = nullptr;
        quint64 slept = 0;
    };
    static constexpr Milliseconds killTime{3000};
    //! The last word from a broker, and how often the worker had slept by then.
    struct Touch
    {
        MonotonicTime at{};
        quint64 slept = 0;
        auto operator<=>(const Touch &) const = default;
    };
    struct Lease
    {
        const BrokerNode *broker = nullptr;
        Touch assigned;
        Milliseconds time{0};
    };
    bool isExclusive(const TaskId &id) const
    {
        for (const auto &broker : world().brokers()) {
            if (const Facts *facts = broker->ledger().written(id))
                return facts->options().isExclusive();
        }
        return false;
    }

    std::map<LeaseRef, Place> m_running;
    std::map<LeaseRef, Lease> m_leases; // of exclusive attempts
    std::map<std::pair<const WorkerNode *, const BrokerNode *>, Touch> m_renewed;
};

} // namespace

std::unique_ptr<Witness> checkExclusion(World &world)
{
    return std::make_unique<Exclusion>(world);
}

} // namespace drover::simulation
