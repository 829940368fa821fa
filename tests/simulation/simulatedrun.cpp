// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "simulatedrun.h"

#include "workernode.h"
#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

SimulatedRun::SimulatedRun(WorkerNode &worker, ExecutorId executor, const LeaseRef &lease, const Payload &arguments,
                           int depth)
    : m_worker(worker), m_executor(executor), m_lease(lease), m_plan(Plan::fromPayload(arguments)), m_depth(depth)
{}

SimulatedRun::~SimulatedRun() = default;

void SimulatedRun::begin()
{
    m_began = m_worker.world().time();
    m_worker.world().witnesses([&](Witness &witness) { witness.began(m_worker, m_lease); });
    m_worker.note(QStringLiteral("begins %1: %2").arg(describe(m_lease.id, m_lease.token), m_plan.toString()));
    emitSome();
    if (m_plan.hangs && m_lease.token.attempt == 1)
        return;
    const bool asks = m_plan.children && m_executor;
    plan(asks ? m_plan.work / 2 : m_plan.work, asks ? Step::Children : Step::End);
}

void SimulatedRun::plan(std::chrono::nanoseconds after, Step step)
{
    const quint64 number = ++m_number;
    m_next = step;
    m_nextAt = m_worker.world().time() + after;
    m_worker.later(after, [this, number, step, alive = std::weak_ptr(m_alive)] {
        if (!alive.expired() && number == m_number && !m_suspended)
            take(step);
    });
}

void SimulatedRun::take(Step step)
{
    m_next.reset();
    switch (step) {
    case Step::Children: askChildren(); break;
    case Step::End: end(); break;
    case Step::Stopped: {
        const Reason why = m_stopReason == Reason::Timeout ? Reason::Timeout : Reason::User;
        if (m_plan.work.count() % 3 == 0)
            succeed(); // it was about to be done
        else
            fail(Error(ErrorCode::Revoked, QStringLiteral("it was asked to stop")).setReason(why));
        break;
    }
    }
}

void SimulatedRun::emitSome()
{
    for (quint32 i = 0; i < m_plan.emits; ++i)
        m_worker.emitItem(m_executor, m_lease, i % 2 ? StreamItem::Value : StreamItem::Log,
                          QByteArray(m_plan.work.count() % 5 == 0 ? 60'000 : 10, 'x'));
}

void SimulatedRun::askChildren()
{
    for (quint32 call = 1; call <= m_plan.children; ++call) {
        Submit child;
        child.id = m_worker.newId();
        child.function = QStringLiteral("sim.work");
        child.parent = Parent{m_lease.id, m_lease.token.epoch, m_lease.token.attempt, call};
        // the same in each attempt, most times
        Random random(quint64(m_plan.work.count()) * 31 + call);
        Plan plan = Plan::random(m_worker.world().random().oneIn(6) ? m_worker.world().random() : random, m_depth + 1);
        plan.hangs = false;
        plan.work /= 10;
        child.arguments = plan.toPayload();
        child.options.retries(2).backoff(20ms).detached(m_plan.detached);
        m_children.insert(child.id);
        m_worker.submitChild(m_executor, child);
    }
    wait(true);
}

void SimulatedRun::wait(bool on)
{
    if (m_blocked && !on)
        m_resumedAt = m_worker.world().time();
    m_blocked = on;
    m_worker.tellBlocked(m_executor, m_lease, on);
}

void SimulatedRun::refused(const TaskId &child, const Error &)
{
    if (!m_children.remove(child) || m_stopped)
        return;
    m_childFailed = true;
    wait(false);
    if (m_children.isEmpty())
        plan(m_plan.work / 2, Step::End);
    else
        wait(true);
}

void SimulatedRun::renamed(const TaskId &child, const TaskId &existing)
{
    if (m_children.remove(child))
        m_children.insert(existing);
}

void SimulatedRun::answered(const TaskResult &result)
{
    if (!m_children.remove(result.id) || m_stopped)
        return;
    m_childFailed |= !result.ok;
    wait(false);
    if (m_children.isEmpty())
        plan(m_plan.work / 2, Step::End);
    else
        wait(true);
}

void SimulatedRun::stop(Reason why)
{
    m_stopReason = why;
    if (m_plan.stubborn || std::exchange(m_stopped, true))
        return;
    m_children.clear();
    if (m_blocked)
        wait(false);
    plan(m_worker.world().random().skewed(100us, 900ms), Step::Stopped);
}

void SimulatedRun::suspend(bool on)
{
    if (m_suspended == on)
        return;
    m_suspended = on;
    if (on)
        m_left = m_nextAt - m_worker.world().time();
    else if (m_next)
        plan(std::max(m_left, std::chrono::nanoseconds(0)), *m_next);
}

bool SimulatedRun::fails() const
{
    return m_lease.token.attempt <= m_plan.failures || m_childFailed;
}

void SimulatedRun::end()
{
    const quint32 crashesFrom = m_plan.failures;
    const bool crashes = m_lease.token.attempt > crashesFrom && m_lease.token.attempt <= crashesFrom + m_plan.crashes;
    if (crashes && m_executor)
        return m_worker.executorFalls(m_executor, 11);
    if (fails())
        return fail(Error(m_executor ? Reason::Exception : Reason::ExitCode, QStringLiteral("it failed, as planned")));
    succeed();
}

// The result says whose it is.
void SimulatedRun::succeed()
{
    Finished how;
    how.ok = true;
    how.value = Payload::raw(m_worker.key() + '/' + QByteArray::number(m_lease.token.epoch) + '.'
                             + QByteArray::number(m_lease.token.attempt));
    finish(std::move(how));
}

void SimulatedRun::fail(const Error &error)
{
    Finished how;
    how.error = error;
    finish(std::move(how));
}

void SimulatedRun::finish(Finished how)
{
    how.id = m_lease.id;
    how.token = m_lease.token;
    how.startedMs = quint64(m_worker.now().wallMs);
    how.durationUs = quint64((m_worker.world().time() - m_began) / 1us);
    m_worker.finished(m_executor, how);
}

} // namespace drover::simulation
