// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/pending.h"

namespace drover {

namespace {

class FunctionWaiter final : public PendingTask::Waiter
{
public:
    FunctionWaiter(PendingTask *task, std::function<void(const Outcome &)> fn) : m_task(task), m_fn(std::move(fn)) {}

private:
    void told() override
    {
        const std::unique_ptr<FunctionWaiter> self(this);
        m_fn(m_task->outcome());
    }
    void dropped() override { delete this; }

    PendingTask *m_task;
    std::function<void(const Outcome &)> m_fn;
};

} // namespace

void PendingTask::Waiter::leave()
{
    if (!m_link)
        return;
    *m_link = m_next;
    if (m_next)
        m_next->m_link = m_link;
    m_link = nullptr;
    m_next = nullptr;
}

PendingTask::~PendingTask()
{
    for (Waiter **list : {&m_acceptWaiters, &m_finishWaiters}) {
        while (Waiter *waiter = *list) {
            waiter->leave();
            waiter->dropped();
        }
    }
}

void PendingTask::link(Waiter *&list, Waiter *waiter)
{
    Waiter **end = &list;
    while (*end)
        end = &(*end)->m_next;
    *end = waiter;
    waiter->m_link = end;
}

void PendingTask::tellAll(Waiter *&list)
{
    while (Waiter *waiter = list) {
        waiter->leave();
        waiter->told();
    }
}

void PendingTask::accept(Result<void> result)
{
    if (m_accepted)
        return;
    const auto self = shared_from_this();
    m_accepted = std::move(result);
    if (!*m_accepted)
        complete(fail(m_accepted->error()), true);
    tellAll(m_acceptWaiters);
}

void PendingTask::complete(Outcome outcome, bool settled)
{
    const auto self = shared_from_this();
    if (!m_outcome) {
        m_outcome = std::move(outcome);
        m_settled = settled;
        tellAll(m_finishWaiters);
    }
    if (settled)
        settle();
}

void PendingTask::settle()
{
    if (!m_outcome)
        return;
    m_settled = true;
    accept();
}

void PendingTask::abandon(const Error &error)
{
    const auto self = shared_from_this();
    if (!m_outcome) {
        m_outcome = fail(error);
        tellAll(m_finishWaiters);
    }
    if (!m_accepted) {
        m_accepted = fail(error);
        tellAll(m_acceptWaiters);
    }
}

void PendingTask::onFinished(std::function<void(const Outcome &)> fn)
{
    if (m_outcome)
        fn(*m_outcome);
    else
        waitFinished(new FunctionWaiter(this, std::move(fn)));
}

void PendingTask::cancel()
{
    if (m_outcome || !cancelRequested)
        return;
    const std::function<void()> ask = cancelRequested;
    ask();
}

} // namespace drover
