// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Blame : public Checker
{
public:
    explicit Blame(World &world) : Checker(world, "rule 7, only what a task does itself counts against it") {}

    void handling(BrokerNode &, const BrokerEvent &event) override
    {
        m_event = event;
        if (const auto *blocked = messageOf<Blocked>(event))
            m_blocked.insert({blocked->id, blocked->token});
        else if (const auto *resumed = messageOf<Resumed>(event))
            m_blocked.erase({resumed->id, resumed->token});
        else if (const auto *offer = messageOf<Offer>(event)) {
            for (const HeldLease &held : offer->held) {
                if (held.blocked)
                    m_blocked.insert({held.id, held.token});
                else
                    m_blocked.erase({held.id, held.token});
            }
        }
    }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        if (!before)
            return;
        if (const auto *updated = std::get_if<TaskUpdated>(&record))
            judge(broker, *before, *updated);
        else if (const auto *ended = std::get_if<TaskEnded>(&record); ended && ended->ending.state == State::Failure)
            judge(broker, *before, ended->ending, describe(ended->id));
    }

private:
    static bool isSuspect(const BrokerNode &broker, const Delivery &delivery)
    {
        return delivery.blames + 1 >= broker.options().maxBlames;
    }
    //! At the moment when the worker is chosen: one that waits for its children then may go on before the other one begins.
    void judgePlace(const BrokerNode &broker, const Delivery &old, const TaskUpdated &updated) const
    {
        const Delivery &now = updated.delivery;
        const bool isIssued = now.lease && now.lease->token.epoch == broker.epoch()
            && (!old.lease || old.lease->token != now.lease->token);
        if (!isIssued || !isSuspect(broker, now))
            return;
        for (const auto &[id, other] : broker.ledger().written())
            expect(id == updated.id || !other.isLeased() || other.delivery().lease->worker != now.lease->worker
                       || !isSuspect(broker, other.delivery())
                       || m_blocked.contains({id, other.delivery().lease->token}),
                   QStringLiteral("%1 went to %2, where another suspect runs")
                       .arg(describe(updated.id), now.lease->workerName));
    }
    bool isBlame() const
    {
        if (m_event.kind == BrokerEvent::Kind::Reply)
            return true; // of what was asked of the store when the message came
        const auto *finished = messageOf<Finished>(m_event);
        return finished && !finished->ok && (finished->blamed || finished->error.reason() == Reason::Crashed);
    }
    bool isOwnFailure() const
    {
        if (m_event.kind == BrokerEvent::Kind::Reply)
            return true; // of what was asked of the store when the message came
        const auto *finished = messageOf<Finished>(m_event);
        const auto *returned = messageOf<Returned>(m_event);
        const bool failed = finished && !finished->ok && !isBlame() && finished->error.reason() != Reason::WorkerLost;
        return failed || (returned && returned->why == Returned::Why::Depth);
    }
    void judge(const BrokerNode &broker, const Facts &before, const TaskUpdated &updated) const
    {
        const Delivery &old = before.delivery();
        const Delivery &now = updated.delivery;
        const QString task = describe(updated.id);
        judgePlace(broker, old, updated);
        expect(now.failures == old.failures || (now.failures == old.failures + 1 && isOwnFailure()),
               QStringLiteral("%1 was charged a failure that it did not cause").arg(task));
        expect(now.blames == old.blames || (now.blames == old.blames + 1 && isBlame()),
               QStringLiteral("%1 was blamed though it ended no executor").arg(task));
        expect(now.blames < broker.options().maxBlames,
               QStringLiteral("%1 runs again after it has ended %2 executors").arg(task).arg(now.blames));
        expect(now.failures <= quint32(std::max(0, before.options().retries())),
               QStringLiteral("%1 runs again after %2 failures").arg(task).arg(now.failures));
    }
    void judge(const BrokerNode &broker, const Facts &before, const Ending &ending, const QString &task) const
    {
        const Reason reason = ending.outcome.error().reason();
        const bool isOnce = before.options().isAckEarly();
        const auto retries = quint32(std::max(0, before.options().retries()));
        if (reason == Reason::Quarantined)
            expect(isBlame() && before.delivery().blames + 1 == broker.options().maxBlames
                       && ending.attempts.size() >= qsizetype(broker.options().maxBlames),
                   QStringLiteral("%1 was quarantined after %2 blames").arg(task).arg(before.delivery().blames));
        else if (reason == Reason::WorkerLost || reason == Reason::Crashed)
            expect(isOnce, QStringLiteral("%1 failed for want of a worker").arg(task));
        else if (reason != Reason::Deadline && reason != Reason::Rejected)
            expect(isOwnFailure() && (before.delivery().failures >= retries || !before.options().retriesOn(reason)),
                   QStringLiteral("%1 failed though it may run again").arg(task));
    }

    BrokerEvent m_event;
    std::set<LeaseRef> m_blocked; // they wait for their children
};

} // namespace

std::unique_ptr<Witness> checkBlame(World &world)
{
    return std::make_unique<Blame>(world);
}

} // namespace drover::simulation
