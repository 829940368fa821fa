// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

#include <set>

namespace drover::simulation {

namespace {

//! What a submit said, so that its acknowledgement can be read: by the broker and the session that it came on.
using Submits = std::map<std::pair<const BrokerNode *, SessionId>, std::map<quint64, TaskId>>;

class Survival : public Checker
{
public:
    explicit Survival(World &world) : Checker(world, "rule 1, an acknowledged submit survives") {}

    void handling(BrokerNode &broker, const BrokerEvent &event) override
    {
        if (const auto *submit = messageOf<Submit>(event))
            m_submits[{&broker, event.session}][submit->seq] = submit->id;
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *duplicate = std::get_if<Duplicate>(&message))
            acknowledged(broker, duplicate->existing);
        const auto *accepted = std::get_if<Accepted>(&message);
        if (!accepted)
            return;
        for (const SeqRange &range : accepted->ranges) {
            for (quint64 seq = range.first; seq <= range.last; ++seq)
                acknowledged(broker, m_submits[{&broker, session}][seq]);
        }
    }
    void opened(BrokerNode &broker, const Recovered &recovered) override
    {
        for (const TaskId &id : m_acknowledged[&broker])
            compare(broker, id);
        quint64 finished = 0;
        for (const auto &[id, facts] : broker.ledger().durable())
            finished += facts.ending.has_value();
        expect(recovered.finished == finished,
               QStringLiteral("%1 tasks were finished, the store knows %2").arg(finished).arg(recovered.finished));
    }
    void finished() override
    {
        for (const auto &broker : world().brokers()) {
            for (const TaskId &id : m_acknowledged[broker.get()])
                compare(*broker, id);
        }
    }

private:
    void acknowledged(BrokerNode &broker, const TaskId &id)
    {
        expect(broker.ledger().durable(id),
               QStringLiteral("%1 was acknowledged before it was on disk").arg(describe(id)));
        m_acknowledged[&broker].insert(id);
    }
    //! The store has of it what was durable.
    void compare(BrokerNode &broker, const TaskId &id) const
    {
        const Facts *facts = broker.ledger().durable(id);
        const TaskFound found = broker.store().find(id);
        const auto *live = std::get_if<StoredTask>(&found.task);
        const auto *done = std::get_if<FinishedTask>(&found.task);
        if (!facts || (!live && !done))
            return broken(QStringLiteral("%1 was acknowledged and is gone").arg(describe(id)));
        if (facts->ending ? !done || done->ending != *facts->ending : !live || live->delivery != facts->delivery())
            broken(QStringLiteral("the store has something else of %1 than was written").arg(describe(id)));
    }

    Submits m_submits;
    std::map<const BrokerNode *, std::set<TaskId>> m_acknowledged;
};

} // namespace

std::unique_ptr<Witness> checkSurvival(World &world)
{
    return std::make_unique<Survival>(world);
}

} // namespace drover::simulation
