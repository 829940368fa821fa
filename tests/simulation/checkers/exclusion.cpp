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
    bool isExclusive(const TaskId &id) const
    {
        for (const auto &broker : world().brokers()) {
            if (const Facts *facts = broker->ledger().written(id))
                return facts->options().isExclusive();
        }
        return false;
    }

    std::map<LeaseRef, Place> m_running;
};

} // namespace

std::unique_ptr<Witness> checkExclusion(World &world)
{
    return std::make_unique<Exclusion>(world);
}

} // namespace drover::simulation
