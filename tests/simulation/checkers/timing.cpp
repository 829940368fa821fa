// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checker.h"
#include "checkers/checkers.h"

#include <cmath>

namespace drover::simulation {

namespace {

class Timing : public Checker
{
public:
    explicit Timing(World &world) : Checker(world, "rule 8, what is planned happens at its time") {}

    void crashed(BrokerNode &broker) override
    {
        std::erase_if(m_due, [&](const auto &entry) { return entry.first.first == &broker; });
    }
    void handling(BrokerNode &, const BrokerEvent &event) override { m_event = event; }
    void recorded(BrokerNode &broker, const Record &record, const Facts *before) override
    {
        if (const auto *added = std::get_if<TaskAdded>(&record)) {
            plan(broker, added->task.submission.id, added->task.delivery, added->task.submission.options);
        } else if (const auto *updated = std::get_if<TaskUpdated>(&record); updated && before) {
            const bool isHeld = before->delivery().state == State::Held || before->delivery().state == State::Trashed;
            if (updated->delivery.state == State::Retry && !isHeld)
                plan(broker, updated->id, updated->delivery, before->options());
            else
                m_due.erase({&broker, updated->id}); // somebody was in a hurry, or it was put away
        } else if (std::holds_alternative<TaskEnded>(record)) {
            m_due.erase({&broker, taskOf(record)});
        }
    }
    void changed(BrokerNode &broker, const TaskId &id, State from, State to) override
    {
        if ((from != State::Scheduled && from != State::Retry) || (to != State::Pending && to != State::Received))
            return;
        const auto due = m_due.find({&broker, id});
        if (due != m_due.end()) {
            expect(due->second.at <= world().time(), QStringLiteral("%1 was due too early").arg(describe(id)));
            m_due.erase(due);
        }
        const Facts *facts = broker.ledger().written(id);
        if (from == State::Scheduled && facts && facts->options().delay().count() == 0 && !isHurried())
            expect(facts->options().eta().toMSecsSinceEpoch() <= broker.now().wallMs,
                   QStringLiteral("%1 was due before its eta").arg(describe(id)));
    }
    void handled(BrokerNode &broker, const BrokerEvent &event) override
    {
        if (event.kind != BrokerEvent::Kind::Tick)
            return;
        for (const auto &[key, due] : m_due) {
            if (key.first != &broker || due.latest > world().time())
                continue;
            const auto info = broker.scheduler().task(key.second);
            expect(!info || (info->state != State::Scheduled && info->state != State::Retry),
                   QStringLiteral("%1 is due and still waits").arg(describe(key.second)));
        }
    }

private:
    struct Due
    {
        MonotonicTime at{};
        MonotonicTime latest{}; // chance makes a wait longer
    };
    bool isHurried() const
    {
        return messageOf<RetryTask>(m_event) || messageOf<ControlTask>(m_event)
            || m_event.kind == BrokerEvent::Kind::Reply;
    }
    void plan(const BrokerNode &broker, const TaskId &id, const Delivery &delivery, const Options &options)
    {
        if (delivery.state == State::Scheduled && options.delay().count() > 0) {
            const MonotonicTime at = world().time() + options.delay();
            m_due[{&broker, id}] = {at, at};
        } else if (delivery.state == State::Retry) {
            const double doubled = double(options.backoff().count()) * std::pow(2.0, delivery.failures - 1);
            const Milliseconds wait(qint64(std::min(doubled, 3'600'000.0)));
            m_due[{&broker, id}] = {world().time() + wait, world().time() + wait + wait / 8 + Milliseconds(1)};
        }
    }

    BrokerEvent m_event;
    std::map<std::pair<const BrokerNode *, TaskId>, Due> m_due; // in this run of the broker
};

} // namespace

std::unique_ptr<Witness> checkTiming(World &world)
{
    return std::make_unique<Timing>(world);
}

} // namespace drover::simulation
