// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

namespace drover::simulation {

namespace {

class Dedup : public Checker
{
public:
    explicit Dedup(World &world) : Checker(world, "rule 11, one submit is one task") {}

    void handling(BrokerNode &, const BrokerEvent &event) override { m_event = event; }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        const auto *added = std::get_if<TaskAdded>(&record);
        if (!added)
            return;
        const StoredTask &task = added->task;
        const QString name = describe(task.submission.id);
        expect(!before, QStringLiteral("%1 was added twice").arg(name));
        const auto *submit = messageOf<Submit>(m_event);
        expect(!submit || submit->ageMs <= quint64(broker.options().dedupWindow.count()),
               QStringLiteral("%1 was taken, which is older than what is remembered").arg(name));
        for (const auto &[id, other] : broker.ledger().written()) {
            if (id == task.submission.id)
                continue;
            expect(!isSameSubmit(task, other.task), QStringLiteral("%1 and %2 are one submit").arg(name, describe(id)));
            expect(forgets(broker) || !isSameKey(task, other.task),
                   QStringLiteral("%1 and %2 have one key").arg(name, describe(id)));
        }
        judgeCall(broker, task);
    }
    void sent(BrokerNode &broker, SessionId session, const BrokerMessage &message) override
    {
        const auto *refused = std::get_if<SubmitRefused>(&message);
        const BrokerNode::Peer *peer = broker.peer(session);
        if (!refused || !peer || peer->party != Party::Client)
            return;
        const auto *submit = messageOf<Submit>(m_event);
        const bool isKeyed = !submit || !submit->options.idempotencyKey().isEmpty();
        const bool isOld = submit && submit->ageMs > quint64(broker.options().dedupWindow.count());
        expect(isOld || !broker.ledger().written(refused->id),
               QStringLiteral("%1 was refused and is there").arg(describe(refused->id)));
        expect(isKeyed || isOld,
               QStringLiteral("%1 was refused: %2").arg(describe(refused->id), refused->error.message()));
        world().report().count(isOld ? QStringLiteral("submit: refused as too old")
                                     : QStringLiteral("submit: refused because of its key"));
    }

private:
    //! A parent that runs again finds what it called last under that number, unless it calls something else now.
    void judgeCall(const BrokerNode &broker, const StoredTask &task)
    {
        if (!task.submission.parent)
            return;
        TaskId &last = m_calls[{task.submission.parent->task, task.submission.parent->callNumber}];
        const Facts *other = broker.ledger().written(last);
        expect(last == task.submission.id || !other || other->ending || !isSameCall(task, other->task),
               QStringLiteral("%1 and %2 are one call").arg(describe(task.submission.id), describe(last)));
        last = task.submission.id;
    }
    //! Its memory is short in this history.
    static bool forgets(const BrokerNode &broker) { return broker.options().dedupWindow < std::chrono::hours(24); }
    static bool isSameSubmit(const StoredTask &a, const StoredTask &b)
    {
        return !a.client.isNull() && a.client == b.client && a.submitSeq == b.submitSeq;
    }
    //! A task that was run again has the key of the first one.
    static bool isSameKey(const StoredTask &a, const StoredTask &b)
    {
        const QString &key = a.submission.options.idempotencyKey();
        return !key.isEmpty() && key == b.submission.options.idempotencyKey() && a.lane.owner == b.lane.owner
            && a.submission.function == b.submission.function && !a.client.isNull() && !b.client.isNull();
    }
    static bool isSameCall(const StoredTask &a, const StoredTask &b)
    {
        return a.submission.parent && b.submission.parent && a.submission.parent->task == b.submission.parent->task
            && a.submission.parent->callNumber == b.submission.parent->callNumber
            && a.submission.arguments == b.submission.arguments;
    }

    BrokerEvent m_event;
    std::map<std::pair<TaskId, quint64>, TaskId> m_calls; // the last one under each number
};

} // namespace

std::unique_ptr<Witness> checkDedup(World &world)
{
    return std::make_unique<Dedup>(world);
}

} // namespace drover::simulation
