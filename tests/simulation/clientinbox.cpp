// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "clientnode.h"
#include "world.h"

// What a broker says, as in lib/client/sessioninbox.cpp.
namespace drover::simulation {

void ClientNode::taken(const SubmitWindow::Entry &entry)
{
    Process &process = *m_process;
    if (!entry.task)
        return process.batches.accepted(entry.submission.id);
    const TaskId id = entry.task->id();
    if (const auto it = process.tracked.find(id); it != process.tracked.end())
        it->durable = true;
    if (const auto open = process.earlyStreams.remove(id) ? process.streams.reopen(id) : std::nullopt)
        send(*open);
    entry.task->accept();
}

void ClientNode::handle(const Accepted &message)
{
    SubmitWindow &window = m_process->window;
    for (const SeqRange &range : message.ranges) {
        for (quint64 seq = range.first; seq <= std::min(range.last, window.lastSeq()); ++seq) {
            if (const auto entry = window.take(seq))
                taken(*entry);
        }
    }
    sendSubmits();
}

void ClientNode::handle(const SubmitRefused &message)
{
    const auto entry = m_process->window.take(message.seq);
    if (!entry)
        return;
    m_process->tracked.remove(entry->submission.id);
    if (entry->task)
        entry->task->accept(fail(message.error));
    else
        m_process->batches.refused(entry->submission.id, message.error);
    sendSubmits();
}

void ClientNode::handle(const Duplicate &message)
{
    const auto entry = m_process->window.take(message.seq);
    if (!entry || !entry->task)
        return;
    m_process->tracked.remove(message.id);
    entry->task->rename(message.existing);
    Tracked &tracked = m_process->tracked[message.existing];
    tracked.tasks.append(entry->task);
    tracked.durable = true;
    taken(*entry);
    sendSubmits();
}

void ClientNode::handle(const TaskResult &message)
{
    m_process->batches.handle(message);
    const auto it = m_process->tracked.find(message.id);
    if (it == m_process->tracked.end())
        return;
    const QList<std::shared_ptr<PendingTask>> tasks = it->tasks;
    if (message.settled)
        m_process->tracked.erase(it);
    const Outcome outcome = message.ok ? Outcome(message.value) : Outcome(fail(message.error));
    for (const auto &task : tasks)
        task->complete(outcome, message.settled);
}

void ClientNode::handle(const Settled &message)
{
    for (const TaskId &id : message.ids) {
        const auto it = m_process->tracked.constFind(id);
        const auto waits = [](const std::shared_ptr<PendingTask> &task) { return !task->isFinished(); };
        if (it != m_process->tracked.cend() && std::ranges::any_of(it->tasks, waits))
            continue; // its result went over a link that was lost, and comes again
        const Tracked entry = m_process->tracked.take(id);
        for (const auto &task : entry.tasks)
            task->settle();
        if (entry.tasks.isEmpty())
            m_process->batches.settled(id);
    }
}

void ClientNode::handle(const CancelAnswer &message)
{
    const Result<CancelOutcome> answer = message.answer == CancelAnswer::Answer::NotFound
        ? Result<CancelOutcome>(fail(ErrorCode::NotFound, QString()))
        : CancelOutcome(message.answer);
    m_process->cancelRequests.answer(message.request, answer);
    m_process->batchCancelRequests.answer(message.request, answer);
}

void ClientNode::handle(const RetryAnswer &message)
{
    if (message.ok)
        m_tasks.push_back(message.id);
    m_process->retryRequests.answer(message.request, message.ok ? Result<TaskId>(message.id) : fail(message.error));
}

void ClientNode::handle(const ControlAnswer &message)
{
    m_process->controlRequests.answer(message.request,
                                      message.ok ? Result<ControlOutcome>(ControlOutcome::Done) : fail(message.error));
}

void ClientNode::handle(const Changed &message)
{
    m_process->batches.changed(message.task, m_process->tracked.contains(message.task.id));
}

void ClientNode::handle(const Unknown &message)
{
    const auto it = m_process->tracked.constFind(message.id);
    if (it != m_process->tracked.cend() && !it->durable)
        return;
    m_process->batches.handle(message);
    const Tracked entry = m_process->tracked.take(message.id);
    for (const auto &task : entry.tasks)
        task->complete(fail(message.error), true);
}

void ClientNode::handle(const Functions &message)
{
    m_process->functionRequests.answer(message.request, QList<AvailableFunction>());
}

void ClientNode::handle(const QueueConfigured &message)
{
    m_process->queueRequests.answer(message.request,
                                    message.ok ? Result<QueueSettings>(message.settings) : fail(message.error));
}

void ClientNode::handle(const ShowTaskAnswer &message)
{
    m_process->showRequests.answer(message.request,
                                   message.found ? Result<TaskInfo>(message.task) : fail(message.error));
}

void ClientNode::handle(const TaskList &message)
{
    m_process->listRequests.answer(message.request, TaskPage{message.tasks, message.more, message.next});
}

void ClientNode::handle(const StreamItems &message)
{
    const auto task = m_process->tracked.constFind(message.id);
    if (message.attempt == 0 && message.end && task != m_process->tracked.cend() && !task->durable) {
        m_process->earlyStreams.insert(message.id);
        return;
    }
    m_process->streams.received(message);
    if (const auto credit = m_process->streams.moreCredit(message.id))
        send(*credit);
}

void ClientNode::handle(const Snapshot &message)
{
    m_process->tables.received(message);
    if (const auto more = m_process->tables.moreCredit(message.table))
        send(*more);
}

void ClientNode::handle(const Delta &message)
{
    m_process->tables.received(message);
    if (const auto more = m_process->tables.moreCredit(message.table))
        send(*more);
}

void ClientNode::handle(const BatchChanged &message)
{
    m_process->batches.handle(message);
}

} // namespace drover::simulation
