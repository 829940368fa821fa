// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Tokens : public Checker
{
public:
    explicit Tokens(World &world) : Checker(world, "rule 3, one valid token") {}

    void opened(BrokerNode &broker, const Recovered &recovered) override
    {
        quint64 &epoch = m_epochs[&broker];
        expect(recovered.epoch > epoch,
               QStringLiteral("%1 opened its store and did not raise the epoch").arg(broker.name()));
        epoch = recovered.epoch;
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        const auto *assign = std::get_if<Assign>(&message);
        if (!assign)
            return;
        auto &tokens = m_issued[assign->id];
        if (!tokens.empty())
            expect(tokens.rbegin()->first < assign->token,
                   QStringLiteral("%1 was assigned after %2")
                       .arg(describe(assign->id, assign->token), describe(assign->id, tokens.rbegin()->first)));
        const BrokerNode::Peer *peer = broker.peer(session);
        tokens[assign->token] = peer ? peer->key : QByteArray();
    }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        const auto *ended = std::get_if<TaskEnded>(&record);
        if (!ended || ended->ending.state != State::Success || !before || before->options().isNoResult())
            return;
        // who made it says so in the result
        const QList<QByteArray> words = ended->ending.outcome->inlineBytes().value().split('/');
        const QList<QByteArray> numbers = words.value(1).split('.');
        const Token token{numbers.value(0).toULongLong(), numbers.value(1).toUInt()};
        const auto &tokens = m_issued[ended->id];
        const auto issued = tokens.find(token);
        expect(issued != tokens.end() && issued->second == words.value(0),
               QStringLiteral("a result of %1 was taken from %2, which does not have that lease")
                   .arg(describe(ended->id, token), QString::fromLatin1(words.value(0))));
        expect(
            token >= newest(broker, ended->id, *before),
            QStringLiteral("the result of %1 was taken, which is not the last lease").arg(describe(ended->id, token)));
    }
    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        m_failed.reset();
        const auto *finished = messageOf<Finished>(event);
        const Facts *facts = finished ? broker.ledger().written(finished->id) : nullptr;
        if (facts && !facts->ending && finished->token < newest(broker, finished->id, *facts))
            m_failed = finished->id;
    }
    //! Of an older lease nothing counts, failures neither.
    void handled(BrokerNode &broker, const BrokerEvent &event) override
    {
        const Facts *facts = m_failed ? broker.ledger().written(*m_failed) : nullptr;
        if (facts)
            expect(!facts->ending,
                   QStringLiteral("the end of %1 was taken, which is not the last lease")
                       .arg(describe(*m_failed, messageOf<Finished>(event)->token)));
    }

private:
    //! The last lease that this broker can know of: what was not on disk when it was killed is none.
    Token newest(const BrokerNode &broker, const TaskId &id, const Facts &facts) const
    {
        Token last = facts.delivery().lease ? facts.delivery().lease->token : Token();
        const auto issued = m_issued.find(id);
        if (issued != m_issued.end()) {
            for (const auto &[token, worker] : issued->second) {
                if (token.epoch == broker.epoch())
                    last = std::max(last, token);
            }
        }
        return last;
    }

    std::map<const BrokerNode *, quint64> m_epochs;
    std::map<TaskId, std::map<Token, QByteArray>> m_issued; // and to whom
    std::optional<TaskId> m_failed;
};

} // namespace

std::unique_ptr<Witness> checkTokens(World &world)
{
    return std::make_unique<Tokens>(world);
}

} // namespace drover::simulation
