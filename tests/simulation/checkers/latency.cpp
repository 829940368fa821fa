// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Latency : public Checker
{
public:
    explicit Latency(World &world) : Checker(world, "rule 12, acknowledgements wait for the disk, work does not") {}

    void crashed(BrokerNode &broker) override
    {
        std::erase_if(m_needs, [&](const auto &entry) { return entry.first.first == &broker; });
    }
    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        m_event = event;
        m_sent.clear();
        m_added.reset();
        m_ended.reset();
        m_isIdle = messageOf<Submit>(event) && !broker.ledger().isPaused(messageOf<Submit>(event)->options.queue())
            && hasRoom(broker, *messageOf<Submit>(event)) && !anyWaits(broker);
    }
    void recorded(BrokerNode &, const Record &record, const Facts *) override
    {
        if (const auto *added = std::get_if<TaskAdded>(&record))
            m_added = added->task;
        else if (std::holds_alternative<TaskEnded>(record) && messageOf<Finished>(m_event))
            m_ended = taskOf(record);
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *assign = std::get_if<Assign>(&message)) {
            ++m_assigned[{&broker, session}];
            m_leases.insert({assign->id, assign->token});
            m_sent.insert(assign->id);
        } else if (const auto *result = std::get_if<TaskResult>(&message)) {
            m_sent.insert(result->id);
        } else if (const auto *acknowledged = std::get_if<FinishedAck>(&message)) {
            for (const LeaseRef &lease : acknowledged->leases)
                judge(broker, lease);
        }
    }
    void handled(BrokerNode &broker, const BrokerEvent &event) override
    {
        if (const auto *grant = messageOf<Grant>(event))
            m_granted[{&broker, event.session}] = grant->assigns;
        else if (const auto *offer = messageOf<Offer>(event))
            m_offers[{&broker, event.session}] = *offer;
        else if (const auto *finished = messageOf<Finished>(event))
            m_needs[{&broker, LeaseRef{finished->id, finished->token}}] = broker.ledger().pendingNumber(finished->id);
        if (m_added && m_isIdle && m_added->delivery.state == State::Pending
            && !waitsForTheDisk(m_added->submission.options))
            expect(m_sent.contains(m_added->submission.id) || broker.ledger().written(m_added->submission.id)->ending,
                   QStringLiteral("%1 waits though a worker has room for it").arg(describe(m_added->submission.id)));
        if (m_ended && isAwaited(broker, *m_ended))
            expect(m_sent.contains(*m_ended), QStringLiteral("the result of %1 is held back").arg(describe(*m_ended)));
    }
    void asked(ClientNode &client, const Message &message) override
    {
        const auto *submit = std::get_if<Submit>(&message);
        if (!submit)
            return;
        std::set<quint64> &open = m_open[client.incarnation()];
        open.insert(submit->seq);
        expect(*open.rbegin() - *open.begin() < quint64(ClientNode::windowLimit),
               QStringLiteral("%1 has more than %2 submits under way").arg(client.name()).arg(ClientNode::windowLimit));
    }
    void answered(ClientNode &client, const Message &message) override
    {
        std::set<quint64> &open = m_open[client.incarnation()];
        if (const auto *accepted = std::get_if<Accepted>(&message))
            for (const SeqRange &range : accepted->ranges)
                open.erase(open.lower_bound(range.first), open.upper_bound(range.last));
        else if (const auto *refused = std::get_if<SubmitRefused>(&message))
            open.erase(refused->seq);
        else if (const auto *duplicate = std::get_if<Duplicate>(&message))
            open.erase(duplicate->seq);
    }
    void closed(BrokerNode &broker, SessionId session) override
    {
        const BrokerNode::Peer *peer = broker.peer(session);
        expect(!peer || peer->party != Party::Client,
               QStringLiteral("a broker closed the session of a client that did no wrong"));
    }

private:
    void judge(const BrokerNode &broker, const LeaseRef &lease) const
    {
        const auto needs = m_needs.find({&broker, lease});
        const auto *finished = messageOf<Finished>(m_event);
        const bool isNow = finished && LeaseRef{finished->id, finished->token} == lease;
        const quint64 number = isNow ? broker.ledger().pendingNumber(lease.id)
            : needs == m_needs.end() ? 0
                                     : needs->second;
        expect(number <= broker.ledger().committed(),
               QStringLiteral("the result of %1 was acknowledged before it was on disk")
                   .arg(describe(lease.id, lease.token)));
    }
    bool hasRoom(const BrokerNode &broker, const Submit &submit) const
    {
        for (const auto &[session, peer] : broker.peers()) {
            const auto offer = m_offers.find({&broker, session});
            const auto granted = m_granted.find({&broker, session});
            if (peer.party != Party::Worker || offer == m_offers.end() || granted == m_granted.end()
                || offer->second.stopping || broker.sessionOf(peer.key) != session)
                continue;
            const auto assigned = m_assigned.find({&broker, session});
            const quint64 used = assigned == m_assigned.end() ? 0 : assigned->second;
            const bool knows = std::any_of(offer->second.functions.begin(), offer->second.functions.end(),
                                           [&](const Signature &known) { return known.function() == submit.function; });
            const QStringList &tags = submit.options.tags();
            if (granted->second > used && knows && (tags.isEmpty() || offer->second.tags == tags))
                return true;
        }
        return false;
    }
    //! Its Assign does.
    static bool waitsForTheDisk(const Options &options) { return options.isAckEarly() || options.isExclusive(); }
    bool anyWaits(const BrokerNode &broker) const
    {
        for (const auto &[id, facts] : broker.ledger().written()) {
            const bool isHeldBack = !facts.ending && facts.isLeased() && waitsForTheDisk(facts.options())
                && !m_leases.contains({id, facts.delivery().lease->token});
            if (!facts.ending && (!facts.isLeased() || isHeldBack))
                return true;
        }
        return false;
    }
    static bool isAwaited(const BrokerNode &broker, const TaskId &id)
    {
        const StoredTask &task = broker.ledger().written(id)->task;
        return !task.submission.parent && !task.client.isNull() && broker.sessionOf(task.client) != 0;
    }

    BrokerEvent m_event;
    QSet<TaskId> m_sent; // assigned or told of, in this event
    std::optional<StoredTask> m_added;
    std::optional<TaskId> m_ended;
    bool m_isIdle = false; // a worker could run it at once
    using Key = std::pair<const BrokerNode *, SessionId>;
    std::map<Key, quint64> m_granted, m_assigned;
    std::set<LeaseRef> m_leases; // that were assigned
    std::map<Key, Offer> m_offers;
    std::map<std::pair<const BrokerNode *, LeaseRef>, quint64> m_needs;
    std::map<Id, std::set<quint64>> m_open;
};

} // namespace

std::unique_ptr<Witness> checkLatency(World &world)
{
    return std::make_unique<Latency>(world);
}

} // namespace drover::simulation
