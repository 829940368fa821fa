// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/waitedtask.h"

namespace drover {

namespace {

constexpr auto forEver = std::chrono::hours(24 * 365); // longer waits would overflow the clock

} // namespace

WaitedTask::~WaitedTask() = default;

template <typename Fn> int WaitedTask::feed(Fn &&fn)
{
    int woken = 0;
    {
        const std::lock_guard lock(m_mutex);
        const bool before = m_task->isFinished();
        fn();
        if (!before && m_task->isFinished())
            woken = std::exchange(m_sleepers, 0);
    }
    m_changed.notify_all();
    return woken;
}

int WaitedTask::accept(TaskId id, const Result<void> &result)
{
    return feed([&] {
        m_task->rename(id);
        m_task->accept(result);
    });
}

int WaitedTask::complete(Outcome outcome, bool settled)
{
    return feed([&] { m_task->complete(std::move(outcome), settled); });
}

int WaitedTask::abandon(const Error &error)
{
    return feed([&] { m_task->abandon(error); });
}

TaskId WaitedTask::id() const
{
    const std::lock_guard lock(m_mutex);
    return m_task->id();
}

bool WaitedTask::isAccepted() const
{
    const std::lock_guard lock(m_mutex);
    return m_task->isAccepted();
}

bool WaitedTask::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_task->isFinished();
}

Result<void> WaitedTask::accepted() const
{
    const std::lock_guard lock(m_mutex);
    return m_task->accepted();
}

template <typename Done> bool WaitedTask::await(Milliseconds patience, Done &&done)
{
    std::unique_lock lock(m_mutex);
    if (done() || patience <= Milliseconds::zero())
        return done();
    if (patience < forEver)
        return m_changed.wait_for(lock, patience, done);
    m_changed.wait(lock, done);
    return true;
}

bool WaitedTask::awaitAccepted(Milliseconds patience)
{
    return await(patience, [this] { return m_task->isAccepted(); });
}

bool WaitedTask::awaitFinished(Milliseconds patience)
{
    const auto done = [this] { return m_task->isFinished(); };
    if (!m_hooks.waits || patience <= Milliseconds::zero())
        return await(patience, done);
    {
        const std::lock_guard lock(m_mutex);
        if (done())
            return true;
        ++m_sleepers;
    }
    m_hooks.waits(true);
    if (await(patience, done))
        return true;
    {
        const std::lock_guard lock(m_mutex);
        if (done())
            return true;
        --m_sleepers;
    }
    m_hooks.waits(false);
    return false;
}

void WaitedTask::cancel() const
{
    if (m_hooks.cancel && !isFinished())
        m_hooks.cancel();
}

Error outOfPatience(TaskId id)
{
    return Error(
               ErrorCode::Timeout,
               QStringLiteral("The task %1 had not ended when the patience for it did; it goes on.").arg(id.toString()))
        .setTask(id, 0)
        .setTransient();
}

} // namespace drover
