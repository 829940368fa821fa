// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Finality : public Checker
{
public:
    explicit Finality(World &world) : Checker(world, "rule 2, one recorded end, and only that is told") {}

    void recorded(BrokerNode &, const Record &record, const Facts *before) override
    {
        const bool isOrphan = std::holds_alternative<OrphanAdded>(record);
        if (before && before->ending && !isOrphan)
            broken(QStringLiteral("%1 was changed after its end").arg(describe(taskOf(record))));
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        if (const auto *result = std::get_if<TaskResult>(&message))
            judge(broker, session, *result);
        else if (const auto *settled = std::get_if<Settled>(&message))
            for (const TaskId &id : settled->ids)
                expect(ending(broker, id),
                       QStringLiteral("%1 was called settled before that was on disk").arg(describe(id)));
        else if (const auto *changed = std::get_if<Changed>(&message))
            judge(broker, changed->task);
        else if (const auto *answer = std::get_if<ShowTaskAnswer>(&message))
            judge(broker, answer->task);
        else if (const auto *list = std::get_if<TaskList>(&message))
            for (const TaskInfo &task : list->tasks)
                judge(broker, task);
        else if (const auto *batch = std::get_if<BatchChanged>(&message))
            judge(broker, batch->batch);
    }

private:
    static const Ending *ending(const BrokerNode &broker, const TaskId &id)
    {
        const Facts *facts = broker.ledger().durable(id);
        return facts && facts->ending ? &*facts->ending : nullptr;
    }
    static bool isSame(const TaskResult &result, const Ending &ending)
    {
        return result.ok == ending.outcome.has_value()
            && (result.ok ? result.value == *ending.outcome : result.error == ending.outcome.error());
    }
    void judge(const BrokerNode &broker, SessionId session, const TaskResult &result) const
    {
        if (result.settled) {
            const Ending *recorded = ending(broker, result.id);
            expect(recorded && isSame(result, *recorded),
                   QStringLiteral("%1 has another recorded result than was told as settled").arg(describe(result.id)));
            return;
        }
        const Facts *facts = broker.ledger().written(result.id);
        expect(facts && facts->ending && isSame(result, *facts->ending),
               QStringLiteral("a provisional result of %1 is not the one that is written").arg(describe(result.id)));
        if (facts)
            expect(awaits(broker, session, *facts),
                   QStringLiteral("a provisional result of %1 went to somebody who does not await it")
                       .arg(describe(result.id)));
    }
    static bool awaits(const BrokerNode &broker, SessionId session, const Facts &facts)
    {
        const BrokerNode::Peer *peer = broker.peer(session);
        if (!peer)
            return true; // nobody any more
        const auto &parent = facts.task.submission.parent;
        if (!parent)
            return peer->incarnation == facts.task.client;
        const Facts *asker = broker.ledger().written(parent->task);
        return asker && asker->delivery().lease && asker->delivery().lease->worker == peer->key;
    }
    void judge(const BrokerNode &broker, const TaskInfo &task) const
    {
        if (!isFinal(task.state))
            return;
        const Ending *recorded = ending(broker, task.id);
        expect(
            recorded && recorded->state == task.state,
            QStringLiteral("%1 was shown as %2 before that was on disk").arg(describe(task.id), toString(task.state)));
    }
    void judge(const BrokerNode &broker, const BatchInfo &batch) const
    {
        quint64 succeeded = 0;
        quint64 revoked = 0;
        for (const auto &[id, facts] : broker.ledger().durable()) {
            if (!facts.ending || !facts.task.submission.item || batchOf(id) != batch.id)
                continue;
            succeeded += facts.ending->state == State::Success;
            revoked += facts.ending->state == State::Revoked;
        }
        expect(batch.succeeded <= succeeded && batch.revoked <= revoked,
               QStringLiteral("the batch %1 counts ends that are not on disk").arg(describe(batch.id)));
    }
};

} // namespace

std::unique_ptr<Witness> checkFinality(World &world)
{
    return std::make_unique<Finality>(world);
}

} // namespace drover::simulation
