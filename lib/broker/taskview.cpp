// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/taskview.h"

#include "task/waiting.h"

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

QString whyWaiting(const Desk &desk, const LiveTask &task)
{
    if (!task.waiting)
        return task.note;
    const TaskClass &wanted = *task.taskClass;
    bool any = false;
    bool named = false;
    bool suspected = false;
    for (const auto &[fingerprint, worker] : desk.workers.all()) {
        if (!worker.session)
            continue;
        any = true;
        named |= worker.hashes.contains(wanted.function);
        if (worker.fits(wanted))
            return QString::fromLatin1(waiting::allBusy);
        suspected |= wanted.suspect && worker.suspects > 0;
    }
    if (suspected)
        return QString::fromLatin1(waiting::suspect);
    if (!any)
        return QString::fromLatin1(waiting::noWorker);
    if (!named)
        return QString::fromLatin1(waiting::noFunction).arg(wanted.function);
    return QString::fromLatin1(waiting::noTags).arg(wanted.function, wanted.tags.join(QStringLiteral(", ")));
}

Error notFound(const TaskId &id)
{
    return Error(ErrorCode::NotFound, QStringLiteral("There is no task %1.").arg(id.toString()));
}

} // namespace drover
