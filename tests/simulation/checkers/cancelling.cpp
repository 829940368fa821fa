// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

using Answer = CancelAnswer::Answer;

class Cancelling : public Checker
{
public:
    explicit Cancelling(World &world) : Checker(world, "rule 9, a cancel is durable, and a result wins") {}

    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        m_winner.reset();
        if (const auto *cancel = messageOf<Cancel>(event))
            m_asked[{&broker, event.session, cancel->request}] = cancel->id;
        const auto *finished = messageOf<Finished>(event);
        const BrokerNode::Peer *peer = broker.peer(event.session);
        const Facts *facts = finished && finished->ok && peer ? broker.ledger().written(finished->id) : nullptr;
        if (facts && facts->isLeased() && facts->delivery().lease->token == finished->token
            && facts->delivery().lease->worker == peer->key && broker.sessionOf(peer->key) == event.session)
            m_winner = LeaseRef{finished->id, finished->token};
    }
    void handled(BrokerNode &broker, const BrokerEvent &) override
    {
        if (!m_winner)
            return;
        const Facts *facts = broker.ledger().written(m_winner->id);
        expect(facts->ending && facts->ending->state == State::Success
                   && facts->ending->attempt == m_winner->token.attempt,
               QStringLiteral("the result of %1 did not win").arg(describe(m_winner->id, m_winner->token)));
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *assign = std::get_if<Assign>(&message)) {
            const Facts *facts = broker.ledger().written(assign->id);
            expect(!facts || !facts->delivery().cancelRequested,
                   QStringLiteral("%1 was assigned though its cancel is recorded").arg(describe(assign->id)));
        }
        const auto *answer = std::get_if<CancelAnswer>(&message);
        const auto asked = answer ? m_asked.find({&broker, session, answer->request}) : m_asked.end();
        if (asked == m_asked.end() || answer->answer == Answer::NotFound)
            return;
        const Facts *facts = broker.ledger().durable(asked->second);
        const bool isEnded = facts && facts->ending;
        const bool isAsked = facts && (facts->delivery().cancelRequested || isEnded);
        const bool isRevoked = isEnded && facts->ending->state == State::Revoked;
        expect(answer->answer == Answer::Requested  ? isAsked
                   : answer->answer == Answer::Done ? isRevoked
                                                    : isEnded && !isRevoked,
               QStringLiteral("the cancel of %1 was answered %2, which is not on disk")
                   .arg(describe(asked->second))
                   .arg(int(answer->answer)));
    }
    void recorded(BrokerNode &, const Record &record, const Facts *before) override
    {
        if (!before || !before->delivery().cancelRequested)
            return;
        const QString task = describe(taskOf(record));
        if (const auto *updated = std::get_if<TaskUpdated>(&record)) {
            expect(updated->delivery.cancelRequested, QStringLiteral("the cancel of %1 was forgotten").arg(task));
            expect(updated->delivery.state == State::Cancelling || updated->delivery.state == State::Paused,
                   QStringLiteral("%1 is %2 after its cancel").arg(task, toString(updated->delivery.state)));
        } else if (const auto *ended = std::get_if<TaskEnded>(&record);
                   ended && ended->ending.state == State::Failure) {
            expect(ended->ending.outcome.error().reason() == Reason::Deadline,
                   QStringLiteral("%1 failed after its cancel").arg(task));
        }
    }

private:
    std::map<std::tuple<const BrokerNode *, SessionId, quint64>, TaskId> m_asked;
    std::optional<LeaseRef> m_winner; // has the last lease and says that it is done
};

} // namespace

std::unique_ptr<Witness> checkCancelling(World &world)
{
    return std::make_unique<Cancelling>(world);
}

} // namespace drover::simulation
