// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/childwaits.h"

namespace drover {

namespace {

Error askedToStop()
{
    return Error(ErrorCode::Revoked, QStringLiteral("The task that waits for this was asked to stop"))
        .setReason(Reason::User);
}

Error ended()
{
    return Error(ErrorCode::ClientClosed, QStringLiteral("The task that submitted this has ended"));
}

} // namespace

void ChildWaits::begin(const LeaseRef &attempt, bool stopped)
{
    const std::lock_guard lock(m_mutex);
    m_attempt = attempt;
    m_stopped = stopped;
}

void ChildWaits::end()
{
    Tasks left;
    {
        const std::lock_guard lock(m_mutex);
        m_attempt.reset();
        m_submitted.clear();
        left = std::exchange(m_tasks, {});
    }
    abandon(left, ended());
}

void ChildWaits::stop(const LeaseRef &attempt)
{
    Tasks left;
    {
        const std::lock_guard lock(m_mutex);
        if (m_attempt != attempt)
            return;
        m_stopped = true;
        m_submitted.clear();
        left = std::exchange(m_tasks, {});
    }
    m_lending.answered(abandon(left, askedToStop()));
}

int ChildWaits::abandon(const Tasks &tasks, const Error &why)
{
    int woken = 0;
    for (const auto &task : tasks)
        woken += task->abandon(why);
    return woken;
}

void ChildWaits::start(const LeaseRef &attempt, const Submit &message, std::shared_ptr<WaitedTask> task)
{
    task->setHooks(
        {[this, id = message.id] { cancel(id); }, [this, attempt](bool begins) { m_lending.waits(attempt, begins); }});
    {
        const std::lock_guard lock(m_mutex);
        if (m_attempt != attempt || m_stopped) {
            task->abandon(m_attempt == attempt ? askedToStop() : ended());
            return;
        }
        m_tasks.insert(message.id, std::move(task));
        m_submitted.insert(message.seq, message.id);
        m_writer.append(message);
    }
    m_writer.flush();
}

void ChildWaits::cancel(TaskId id)
{
    const std::lock_guard lock(m_mutex);
    if (!m_tasks.contains(id))
        return;
    m_writer.append(Cancel{0, id});
    m_writer.flush();
}

bool ChildWaits::handle(const Accepted &message)
{
    const std::lock_guard lock(m_mutex);
    for (const SeqRange &range : message.ranges) {
        for (quint64 seq = range.first; seq <= range.last && !m_submitted.isEmpty(); ++seq) {
            const TaskId id = m_submitted.take(seq);
            for (const auto &task : m_tasks.values(id))
                task->accept(id);
        }
    }
    return false;
}

bool ChildWaits::handle(const SubmitRefused &message)
{
    Tasks refused;
    {
        const std::lock_guard lock(m_mutex);
        m_submitted.remove(message.seq);
        for (const auto &task : m_tasks.values(message.id))
            refused.insert(message.id, task);
        m_tasks.remove(message.id);
    }
    int woken = 0;
    for (const auto &task : std::as_const(refused))
        woken += task->accept(message.id, fail(message.error));
    if (!refused.isEmpty())
        m_lending.answered(woken);
    return !refused.isEmpty();
}

bool ChildWaits::handle(const Duplicate &message)
{
    const std::lock_guard lock(m_mutex);
    m_submitted.remove(message.seq);
    const auto renamed = m_tasks.values(message.id);
    m_tasks.remove(message.id);
    for (const auto &task : renamed) {
        m_tasks.insert(message.existing, task);
        task->accept(message.existing);
    }
    return !renamed.isEmpty();
}

bool ChildWaits::handle(const TaskResult &message)
{
    QList<std::shared_ptr<WaitedTask>> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks = m_tasks.values(message.id);
        m_tasks.remove(message.id);
    }
    int woken = 0;
    for (const auto &task : tasks)
        woken += task->complete(message.ok ? Outcome(message.value) : Outcome(fail(message.error)), message.settled);
    if (!tasks.isEmpty())
        m_lending.answered(woken);
    return !tasks.isEmpty() && tasks.first()->id() == message.id && tasks.size() == 1;
}

} // namespace drover
