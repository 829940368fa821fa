// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

//! Rules 5 and 6: who comes back with a lease that is still the last one goes on.
class Continuity : public Checker
{
public:
    explicit Continuity(World &world) : Checker(world, "rules 5 and 6, a worker that comes back goes on") {}

    void crashed(BrokerNode &broker) override
    {
        std::erase_if(m_held, [&](const auto &entry) { return entry.first.first == &broker; });
    }
    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        m_stops.clear();
        const BrokerNode::Peer *peer = broker.peer(event.session);
        if (const auto *finished = messageOf<Finished>(event))
            release(broker, event.session, finished->id, finished->token);
        else if (const auto *returned = messageOf<Returned>(event))
            release(broker, event.session, returned->id, returned->token);
        else if (const auto *offer = messageOf<Offer>(event);
                 offer && peer && m_offered.insert({&broker, event.session}).second)
            for (const HeldLease &held : offer->held) {
                if (!mayStop(broker, peer->key, {held.id, held.token}))
                    hold(broker, event.session, peer->key, held.id, held.token);
            }
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *stop = std::get_if<Stop>(&message)) {
            m_stops.append({session, {stop->id, stop->token}});
        } else if (const auto *assign = std::get_if<Assign>(&message)) {
            const auto held = m_held.find({&broker, assign->id});
            if (held != m_held.end() && held->second.token < assign->token)
                expect(!broker.peer(held->second.session),
                       QStringLiteral("%1 was assigned while %2 works on %3, as it has said")
                           .arg(describe(assign->id, assign->token), QString::fromLatin1(held->second.worker),
                                describe(assign->id, held->second.token)));
            if (const BrokerNode::Peer *peer = broker.peer(session))
                hold(broker, session, peer->key, assign->id, assign->token);
        }
    }
    //! Expiry is for another rule to judge.
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        if (before && endsLease(*before, record))
            m_held.erase({&broker, taskOf(record)});
        const auto *updated = std::get_if<TaskUpdated>(&record);
        if (updated && updated->delivery.lease && updated->delivery.lease->token.epoch == broker.epoch())
            m_issued[{&broker, updated->id}] = updated->delivery.lease->token;
    }
    void handled(BrokerNode &broker, const BrokerEvent &) override
    {
        for (const auto &[session, lease] : std::as_const(m_stops)) {
            const BrokerNode::Peer *peer = broker.peer(session);
            expect(!peer || mayStop(broker, peer->key, lease),
                   QStringLiteral("%1 was told to stop and has the last lease").arg(describe(lease.id, lease.token)));
        }
    }

private:
    struct Holder
    {
        Token token;
        SessionId session = 0;
        QByteArray worker;
    };
    bool mayStop(const BrokerNode &broker, const QByteArray &worker, const LeaseRef &lease) const
    {
        const Facts *facts = broker.ledger().written(lease.id);
        if (!facts || facts->ending)
            return true;
        const Delivery &delivery = facts->delivery();
        if (delivery.cancelRequested || delivery.state == State::Trashed)
            return true;
        if (delivery.lease && delivery.lease->token == lease.token)
            return delivery.lease->worker != worker || (facts->options().isExclusive() && !facts->isLeased());
        // newer than all that is known: the record of this lease was lost
        const bool isNewer =
            delivery.lease ? lease.token > delivery.lease->token : lease.token.attempt > delivery.attempt;
        const auto issued = m_issued.find({&broker, lease.id});
        const bool isPassed = issued != m_issued.end() && issued->second.epoch == broker.epoch();
        return !isNewer || isPassed || lease.token.epoch == broker.epoch();
    }
    void hold(const BrokerNode &broker, SessionId session, const QByteArray &worker, const TaskId &id,
              const Token &token)
    {
        Holder &holder = m_held[{&broker, id}];
        if (holder.token <= token)
            holder = {token, session, worker};
    }
    void release(const BrokerNode &broker, SessionId session, const TaskId &id, const Token &token)
    {
        const auto held = m_held.find({&broker, id});
        if (held != m_held.end() && held->second.token == token && held->second.session == session)
            m_held.erase(held);
    }

    QList<std::pair<SessionId, LeaseRef>> m_stops; // of this event
    std::map<std::pair<const BrokerNode *, TaskId>, Holder> m_held; // as the worker itself has said
    std::map<std::pair<const BrokerNode *, TaskId>, Token> m_issued; // the last lease of this run of the broker
    std::set<std::pair<const BrokerNode *, SessionId>> m_offered;
};

} // namespace

std::unique_ptr<Witness> checkContinuity(World &world)
{
    return std::make_unique<Continuity>(world);
}

} // namespace drover::simulation
