// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Control : public Checker
{
public:
    explicit Control(World &world) : Checker(world, "rule 9, what is put away stays there, and answers are durable") {}

    void crashed(BrokerNode &broker) override
    {
        std::erase_if(m_needs, [&](const auto &entry) { return std::get<0>(entry.first) == &broker; });
    }
    void handling(BrokerNode &, const BrokerEvent &event) override { m_event = event; }
    void handled(BrokerNode &broker, const BrokerEvent &event) override
    {
        // what was written for it is to be on disk before the answer
        if (const auto *control = messageOf<ControlTask>(event))
            m_needs[{&broker, event.session, control->request}] = broker.ledger().pendingNumber(control->id);
        else if (const auto *retry = messageOf<RetryTask>(event))
            m_needs[{&broker, event.session, retry->request}] = numberOf(broker, *retry);
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *answer = std::get_if<ControlAnswer>(&message); answer && answer->ok)
            judge(broker, session, answer->request);
        else if (const auto *retried = std::get_if<RetryAnswer>(&message); retried && retried->ok)
            judge(broker, session, retried->request);
        const auto *assign = std::get_if<Assign>(&message);
        const Facts *facts = assign ? broker.ledger().written(assign->id) : nullptr;
        if (facts)
            expect(facts->delivery().state == State::Received || facts->delivery().state == State::Cancelling,
                   QStringLiteral("%1 was assigned and is %2")
                       .arg(describe(assign->id), toString(facts->delivery().state)));
    }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        const auto *updated = std::get_if<TaskUpdated>(&record);
        if (!updated || !before)
            return;
        if (messageOf<Offer>(m_event))
            return; // a worker has it since before it was put away
        const bool isIssued = updated->delivery.lease && updated->delivery.lease->token.epoch == broker.epoch()
            && (!before->delivery().lease || before->delivery().lease->token < updated->delivery.lease->token);
        expect(!isIssued || !broker.ledger().isPaused(before->task.lane.queue),
               QStringLiteral("%1 was leased out of a paused queue").arg(describe(updated->id)));
        const bool wasAway = before->delivery().state == State::Held || before->delivery().state == State::Trashed;
        expect(
            !wasAway || updated->delivery.state != State::Received
                || updated->delivery.attempt == before->delivery().attempt,
            QStringLiteral("%1 was leased out of %2").arg(describe(updated->id), toString(before->delivery().state)));
    }

private:
    static quint64 numberOf(const BrokerNode &broker, const RetryTask &retry)
    {
        return std::max(broker.ledger().pendingNumber(retry.id), broker.ledger().pendingNumber(retry.next));
    }
    //! What the disk must have before a request is answered.
    quint64 needsOf(const BrokerNode &broker, SessionId session, quint64 request) const
    {
        if (m_event.session == session) {
            const auto *control = messageOf<ControlTask>(m_event);
            if (control && control->request == request)
                return broker.ledger().pendingNumber(control->id);
            const auto *retry = messageOf<RetryTask>(m_event);
            if (retry && retry->request == request)
                return numberOf(broker, *retry);
        }
        const auto needs = m_needs.find({&broker, session, request});
        return needs == m_needs.end() ? 0 : needs->second;
    }
    void judge(const BrokerNode &broker, SessionId session, quint64 request)
    {
        expect(needsOf(broker, session, request) <= broker.ledger().committed(),
               QStringLiteral("a request of %1 was answered before it was on disk")
                   .arg(broker.peer(session) ? broker.peer(session)->node->name() : QString()));
    }

    BrokerEvent m_event;
    std::map<std::tuple<const BrokerNode *, SessionId, quint64>, quint64> m_needs;
};

} // namespace

std::unique_ptr<Witness> checkControl(World &world)
{
    return std::make_unique<Control>(world);
}

} // namespace drover::simulation
