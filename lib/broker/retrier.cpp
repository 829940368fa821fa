// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/retrier.h"

#include "broker/store.h"
#include "broker/taskview.h"

namespace drover {

namespace {

Error underWay(const TaskId &id, const QString &what)
{
    return Error(
        ErrorCode::Conflict,
        QStringLiteral("The task %1 %2; there is nothing to try again. Cancel it first if it is to begin anew.")
            .arg(id.toString(), what));
}

} // namespace

void Retrier::handle(SessionId from, const RetryTask &message, const QString &refused)
{
    const Asker asker{from, message.request, message.next, refused};
    if (message.next.isNull() || message.next == message.id || m_desk.batches.find(batchOf(message.next)))
        return refuse(asker, Error(ErrorCode::InvalidArgument, QStringLiteral("A retry needs an id for a new task.")));
    if (LiveTask *task = m_desk.find(message.id); task && !task->isEnded())
        return answerLive(asker, *task);
    m_desk.lookups.find(message.id, [this, asker, id = message.id](const TaskFound &found) {
        LiveTask *task = m_desk.find(id);
        if (task && !task->isEnded())
            answerLive(asker, *task);
        else if (task)
            runAgain(asker, task->stored);
        else if (const auto *finished = std::get_if<FinishedTask>(&found.task))
            runAgain(asker, finished->task);
        else if (std::holds_alternative<StoredTask>(found.task))
            refuse(asker, underWay(id, QStringLiteral("waits for a worker")));
        else
            refuse(asker, notFound(id));
    });
}

void Retrier::answerLive(const Asker &asker, LiveTask &task)
{
    const State state = task.state();
    if (task.stored.submission.function == asker.refused)
        return refuse(asker,
                      Error(ErrorCode::NotPermitted,
                            QStringLiteral("This key may not run %1 here.").arg(task.stored.submission.function)));
    if (state != State::Scheduled && state != State::Retry)
        return refuse(asker,
                      underWay(task.id(),
                               task.worker           ? QStringLiteral("is running")
                                   : task.isParked() ? QStringLiteral("is %1").arg(toString(state))
                                                     : QStringLiteral("waits for a worker")));
    m_states.hurry(task);
    succeed(asker, task.id());
}

// The new id may have come before, over a link that was lost before the answer.
void Retrier::runAgain(const Asker &asker, const StoredTask &former)
{
    const QString &function = former.submission.function;
    if (function == asker.refused)
        return refuse(asker,
                      Error(ErrorCode::NotPermitted, QStringLiteral("This key may not run %1 here.").arg(function)));
    m_desk.lookups.find(asker.next, [this, asker, former](const TaskFound &found) {
        if (!m_desk.find(asker.next) && std::holds_alternative<std::monostate>(found.task))
            add(former, asker.next);
        succeed(asker, asker.next);
    });
}

void Retrier::add(const StoredTask &former, const TaskId &next)
{
    StoredTask stored = former;
    Submission &submission = stored.submission;
    submission.id = next;
    submission.parent.reset();
    submission.item = 0; // its new id is none of the batch
    const QDateTime unset = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    submission.options.eta(unset).expires(unset).delay(Milliseconds(0));
    stored.lane.depth = 0;
    stored.client = {};
    stored.submitSeq = 0;
    stored.submittedMs = m_desk.now.wallMs;
    stored.delivery = {};
    if (const QByteArray key = idempotencyKey(submission, stored.lane.owner); !key.isEmpty())
        m_desk.keys.insert({key, next, argumentsDigest(submission), m_desk.now.wallMs});
    Lane &lane = m_desk.lanes.lane(stored.lane);
    stored.place = {lane.number(), lane.takeTurn()};
    m_desk.effects.record(TaskAdded{stored}, m_desk.durabilityOf(stored.lane.queue));
    m_desk.lookups.noteAdded(next);
    if (m_desk.lanes.admitNew(lane, stored.place.turn)) {
        m_states.place(m_desk.admit(std::move(stored)));
        return;
    }
    m_desk.changes.gone(next);
    m_desk.changes.queue(stored.lane.queue);
    m_desk.dispatchDue = true; // for the demand
}

void Retrier::succeed(const Asker &asker, const TaskId &id)
{
    if (m_desk.isDurable(m_desk.effects.lastNeed())) {
        m_desk.effects.send(asker.session, RetryAnswer{asker.request, true, id, {}});
        return;
    }
    m_desk.whenDurable(
        m_desk.effects.lastNeed(),
        {.kind = AfterCommit::Kind::RetryAnswer, .session = asker.session, .value = asker.request, .id = id});
}

void Retrier::refuse(const Asker &asker, Error error)
{
    m_desk.effects.send(asker.session, RetryAnswer{asker.request, false, {}, std::move(error)});
}

} // namespace drover
