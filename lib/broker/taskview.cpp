// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskview.h"

#include "task/waiting.h"

#include <algorithm>

namespace drover {

TaskInfo taskInfo(const StoredTask &task)
{
    const Submission &submission = task.submission;
    TaskInfo info;
    info.id = submission.id;
    info.function = submission.function;
    info.queue = task.lane.queue;
    info.owner = task.ownerName;
    info.summary = submission.summary;
    info.state = task.delivery.state;
    info.attempt = task.delivery.attempt;
    info.priority = task.lane.priority;
    info.submittedMs = task.submittedMs;
    info.attempts = task.delivery.attempts;
    if (submission.parent)
        info.parent = submission.parent->task;
    if (task.delivery.lease)
        info.worker = task.delivery.lease->workerName;
    else if (!info.attempts.isEmpty())
        info.worker = info.attempts.last().worker;
    if (info.state == State::Retry && !info.attempts.isEmpty()) {
        info.error = info.attempts.last().error;
        info.reason = info.error.reason();
    }
    return info;
}

TaskInfo taskInfo(const LiveTask &task)
{
    TaskInfo info = taskInfo(task.stored);
    info.state = task.state();
    info.startedMs = task.startedMs;
    info.asked = task.asked();
    if (task.worker && task.delivery().lease && !task.isEnded()) {
        const LeaseRecord &lease = *task.delivery().lease;
        AttemptInfo current;
        current.number = lease.token.attempt;
        current.worker = lease.workerName;
        current.startedMs = task.startedMs;
        current.state = info.state;
        info.attempts.append(current);
    }
    return info;
}

TaskInfo taskInfo(const FinishedTask &finished)
{
    TaskInfo info = taskInfo(finished.task);
    const Ending &ending = finished.ending;
    info.state = ending.state;
    info.attempt = ending.attempt;
    info.finishedMs = ending.finishedMs;
    info.attempts = ending.attempts;
    if (!info.attempts.isEmpty()) {
        info.startedMs = info.attempts.last().startedMs;
        info.worker = info.attempts.last().worker;
    }
    info.error = {};
    info.reason = Reason::None;
    if (!ending.outcome) {
        info.error = ending.outcome.error();
        info.reason = info.error.reason();
    }
    return info;
}

TaskResult taskResult(const TaskId &id, const Ending &ending, bool settled)
{
    TaskResult result;
    result.id = id;
    result.attempt = ending.attempt;
    result.settled = settled;
    result.ok = ending.outcome.has_value();
    if (result.ok)
        result.value = *ending.outcome;
    else
        result.error = ending.outcome.error();
    return result;
}

TaskResult storedResult(const TaskId &id, const Ending &ending, qint64 nowMs)
{
    TaskResult result = taskResult(id, ending, true);
    if (ending.resultUntilMs == 0 || nowMs < ending.resultUntilMs)
        return result;
    const QDateTime until = QDateTime::fromMSecsSinceEpoch(ending.resultUntilMs);
    result.ok = false;
    result.value = {};
    result.error = Error(ErrorCode::Expired,
                         QStringLiteral("The task %1 has ended as %2; its result was kept until %3.")
                             .arg(id.toString(), toString(ending.state), until.toString(Qt::ISODate)))
                       .setTask(id, ending.attempt);
    return result;
}

namespace {

template <typename... Words> QString sentence(const char *text, const Words &...words)
{
    if constexpr (sizeof...(words) == 0)
        return QString::fromLatin1(text);
    else
        return QString::fromLatin1(text).arg(words...);
}

QString moment(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

//! The first ones, and how many more there are.
QString few(const QStringList &names)
{
    constexpr qsizetype most = 3;
    QString text = names.first(qMin(most, names.size())).join(QStringLiteral(", "));
    if (names.size() > most)
        text += QStringLiteral(", +%1").arg(names.size() - most);
    return text;
}

QString whyPaused(const QueueSettings &queue)
{
    return queue.pausedWhy.isEmpty() ? sentence(waiting::paused, queue.name, queue.pausedBy)
                                     : sentence(waiting::pausedWhy, queue.name, queue.pausedBy, queue.pausedWhy);
}

//! For a task that is its queue's next.
QString whyNoWorker(const Desk &desk, const TaskClass &wanted)
{
    bool any = false;
    bool named = false;
    bool suspected = false;
    QStringList busy; // "lab-1 2/2"
    QStringList closed; // they have slots and grant none: silent, or at work for another broker
    QStringList away;
    for (const auto &[fingerprint, worker] : desk.workers.all()) {
        const bool fits = worker.fits(wanted);
        if (fits && !worker.session)
            away.append(worker.name);
        else if (fits && worker.busy() < worker.slots)
            closed.append(worker.name);
        else if (fits)
            busy.append(QStringLiteral("%1 %2/%3").arg(worker.name).arg(worker.busy()).arg(worker.slots));
        if (!worker.session)
            continue;
        any = true;
        named |= worker.hashes.contains(wanted.function);
        suspected |= wanted.suspect && worker.suspects > 0;
    }
    if (!busy.isEmpty())
        return sentence(waiting::allBusy, few(busy));
    if (!closed.isEmpty())
        return sentence(waiting::closed, few(closed));
    if (suspected)
        return sentence(waiting::suspect);
    if (!away.isEmpty())
        return sentence(waiting::away, few(away));
    if (!any)
        return sentence(waiting::noWorker);
    return named ? sentence(waiting::noTags, wanted.function, wanted.tags.join(QStringLiteral(", ")))
                 : sentence(waiting::noFunction, wanted.function);
}

QString openChildren(const LiveTask &task)
{
    QStringList ids;
    for (auto it = task.children->cbegin(); it != task.children->cend(); ++it) {
        if (!it->settled)
            ids.append(it.key().toString());
    }
    return few(ids);
}

} // namespace

QString whyWaiting(const Desk &desk, const LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    if (task.isEnded())
        return {};
    if (task.worker) {
        if (!task.note.isEmpty())
            return task.note;
        const QString open = task.blocked && task.children ? openChildren(task) : QString();
        return open.isEmpty() ? QString() : sentence(waiting::children, open);
    }
    switch (delivery.state) {
    case State::Scheduled: return sentence(waiting::scheduled, moment(delivery.dueMs));
    case State::Retry: return sentence(waiting::retry, moment(delivery.dueMs));
    case State::Held: return sentence(waiting::held);
    case State::Trashed: return sentence(waiting::trashed, moment(delivery.trashUntilMs));
    default: break;
    }
    const QueueSettings queue = desk.queues.value(task.stored.lane.queue);
    return queue.paused ? whyPaused(queue) : whyNoWorker(desk, *task.taskClass);
}

QString whyWaiting(const Desk &desk, const StoredTask &task)
{
    const QueueSettings queue = desk.queues.value(task.lane.queue);
    const Lane *lane = desk.lanes.find(task.place.lane);
    if (queue.paused)
        return whyPaused(queue);
    return lane && task.delivery.state == State::Pending ? sentence(waiting::behind, QString::number(lane->waiting()))
                                                         : QString();
}

Error notFound(const TaskId &id)
{
    return Error(ErrorCode::NotFound, QStringLiteral("There is no task %1.").arg(id.toString()));
}

} // namespace drover
