// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/controller.h"

#include "broker/settling.h"
#include "broker/taskview.h"
#include "support/fault.h"

namespace drover {

namespace {

Unexpected<Error> conflict(const TaskId &id, const QString &what)
{
    return drover::fail(ErrorCode::Conflict, QStringLiteral("The task %1 %2.").arg(id.toString(), what));
}

Unexpected<Error> hasEnded(const TaskId &id)
{
    return conflict(id, QStringLiteral("has ended"));
}

} // namespace

void Controller::handle(SessionId from, const ControlTask &message)
{
    if (LiveTask *task = m_desk.find(message.id))
        return control(from, message, *task);
    m_desk.lookups.find(message.id, [this, from, message](const TaskFound &found) {
        LiveTask *task = m_desk.find(message.id);
        if (const auto *stored = std::get_if<StoredTask>(&found.task); stored && !task)
            task = &m_canceller.fetch(*stored);
        if (task)
            control(from, message, *task);
        else if (std::holds_alternative<FinishedTask>(found.task))
            answer(from, message.request, hasEnded(message.id));
        else
            answer(from, message.request, drover::fail(notFound(message.id)));
    });
}

void Controller::control(SessionId from, const ControlTask &message, LiveTask &task)
{
    answer(from, message.request, task.isEnded() ? hasEnded(task.id()) : carryOut(message.control, task));
}

Result<bool> Controller::carryOut(TaskControl control, LiveTask &task)
{
    switch (control) {
    case TaskControl::Pause: return pause(task);
    case TaskControl::Resume: return resume(task);
    case TaskControl::Kill: m_states.kill(task); return task.isEnded();
    case TaskControl::Purge: return purge(task);
    case TaskControl::Restore: return restore(task);
    }
    return drover::fail(ErrorCode::Unsupported, QStringLiteral("This broker knows no control %1.").arg(int(control)));
}

Result<bool> Controller::pause(LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    if (delivery.state == State::Trashed)
        return conflict(task.id(), QStringLiteral("is in the trash; restore it first"));
    if (delivery.cancelRequested)
        return conflict(task.id(), QStringLiteral("is being cancelled"));
    if (!delivery.pauseRequested)
        m_states.pause(task);
    return delivery.state == State::Held || delivery.state == State::Paused;
}

Result<bool> Controller::resume(LiveTask &task)
{
    const Delivery &delivery = task.delivery();
    if (delivery.state == State::Trashed)
        return conflict(task.id(), QStringLiteral("is in the trash; restore it"));
    if (delivery.pauseRequested)
        m_states.resume(task);
    return !task.worker || delivery.state != State::Paused;
}

Result<bool> Controller::purge(LiveTask &task)
{
    if (task.unsent)
        m_states.giveBack(task);
    if (task.worker)
        return conflict(task.id(), QStringLiteral("is running; cancel or kill it"));
    if (task.delivery().state != State::Trashed)
        m_states.trash(task);
    return true;
}

Result<bool> Controller::restore(LiveTask &task)
{
    if (task.delivery().state != State::Trashed)
        return conflict(task.id(), QStringLiteral("is not in the trash"));
    m_states.resume(task);
    return true;
}

void Controller::answer(SessionId session, quint64 request, const Result<bool> &outcome)
{
    if (!outcome || DROVER_FAULT(ControlAnsweredTooEarly)) {
        m_desk.effects.send(
            session,
            ControlAnswer{request, outcome.has_value(), outcome.value_or(false), outcome ? Error() : outcome.error()});
        return;
    }
    Settling::send(m_desk, session, ControlAnswer{request, true, *outcome, {}});
}

} // namespace drover
