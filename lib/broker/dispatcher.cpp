// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/dispatcher.h"

#include <algorithm>

namespace drover {

namespace {
constexpr quint64 greatestDemand = 1000;
}

void Dispatcher::run()
{
    if (!std::exchange(m_desk.dispatchDue, false))
        return;
    rejectMismatched();
    assign();
    m_desk.dispatchDue = false; // leaving a lane set it again
    tellDemand();
}

void Dispatcher::rejectMismatched()
{
    if (!m_desk.lanes.hasReady() || m_desk.now.monotonic < m_desk.judgeFrom)
        return;
    for (const auto &taskClass : m_desk.classes.all()) {
        if (!taskClass || taskClass->ready == 0 || !m_desk.workers.isMismatched(*taskClass))
            continue;
        while (LiveTask *task = m_desk.lanes.next([&](const TaskClass &other) { return &other == taskClass.get(); }))
            m_states.end(*task, State::Failure, drover::fail(mismatch(*task)));
    }
}

Error Dispatcher::mismatch(const LiveTask &task) const
{
    const QString function = task.stored.submission.function;
    const Signature *offered = m_desk.workers.signature(function);
    const QString text = offered ? offered->toString() : function;
    Error error(Reason::Rejected, QStringLiteral("The workers have another signature of %1: %2.").arg(function, text));
    error.setDetail(QStringLiteral("workerSignature"), text);
    return error;
}

void Dispatcher::assign()
{
    m_open.clear();
    for (auto &[fingerprint, worker] : m_desk.workers.all()) {
        if (worker.room() > 0)
            m_open.push_back(&worker);
    }
    while (!m_open.empty() && m_desk.lanes.hasReady()) {
        Worker *worker = roomiest();
        LiveTask *task = m_desk.lanes.next([worker](const TaskClass &taskClass) { return worker->fits(taskClass); });
        if (task && m_states.expire(*task))
            continue;
        if (task) {
            worker->lastServed = ++m_serves;
            m_states.lease(*task, *worker);
        }
        if (!task || worker->room() == 0)
            std::erase(m_open, worker);
    }
    const bool idle = std::any_of(m_desk.workers.all().begin(), m_desk.workers.all().end(),
                                  [](const auto &entry) { return entry.second.room() > 0; });
    if (idle)
        m_desk.lanes.loadFurther();
}

Worker *Dispatcher::roomiest()
{
    return *std::min_element(m_open.begin(), m_open.end(), [](const Worker *a, const Worker *b) {
        return a->room() != b->room() ? a->room() > b->room() : a->lastServed < b->lastServed;
    });
}

void Dispatcher::tellDemand()
{
    for (auto &[fingerprint, worker] : m_desk.workers.all()) {
        if (!worker.session || !worker.offered)
            continue;
        quint64 demand = worker.stopping ? 0 : m_desk.lanes.readyBeyond();
        for (const auto &taskClass : m_desk.classes.all()) {
            if (taskClass && taskClass->ready && !worker.stopping && worker.fits(*taskClass))
                demand += taskClass->ready;
        }
        demand = qMin(demand, greatestDemand);
        if ((demand == 0) == (worker.demand == 0) && demand < 2 * quint64(worker.demand))
            continue;
        if (demand == worker.demand)
            continue;
        worker.demand = quint32(demand);
        m_desk.effects.send(worker.session, Demand{worker.demand});
    }
}

} // namespace drover
