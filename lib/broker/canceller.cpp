// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/canceller.h"

#include "support/fault.h"

namespace drover {

using Answer = CancelAnswer::Answer;

void Canceller::handle(SessionId from, const Cancel &message)
{
    if (LiveTask *task = m_desk.find(message.id)) {
        answerFor(from, message.request, *task);
        return;
    }
    m_desk.lookups.find(message.id, [this, from, message](const TaskFound &found) {
        if (LiveTask *task = m_desk.find(message.id))
            answerFor(from, message.request, *task);
        else if (const auto *stored = std::get_if<StoredTask>(&found.task))
            answerFor(from, message.request, fetch(*stored));
        else if (const auto *finished = std::get_if<FinishedTask>(&found.task))
            answer(from, message.request, finished->ending.state == State::Revoked ? Answer::Done : Answer::TooLate);
        else
            answer(from, message.request, Answer::NotFound);
    });
}

void Canceller::answerFor(SessionId session, quint64 request, LiveTask &task)
{
    if (task.isEnded() && task.ending->state != State::Revoked) {
        answer(session, request, Answer::TooLate);
        return;
    }
    m_states.cancel(task);
    answer(session, request, task.isEnded() ? Answer::Done : Answer::Requested);
}

void Canceller::answer(SessionId session, quint64 request, Answer answer)
{
    if (answer == Answer::NotFound || DROVER_FAULT(CancelAnsweredTooEarly)
        || m_desk.isDurable(m_desk.effects.lastNeed())) {
        m_desk.effects.send(session, CancelAnswer{request, answer});
        return;
    }
    m_desk.whenDurable(
        m_desk.effects.lastNeed(),
        {.kind = AfterCommit::Kind::CancelAnswer, .answer = answer, .session = session, .value = request});
}

LiveTask &Canceller::fetch(const StoredTask &stored)
{
    LiveTask &task = m_desk.admit(stored);
    m_desk.lanes.takeFromBeyond(*task.lane);
    m_states.place(task);
    return task;
}

void Canceller::cascade()
{
    while (!m_desk.cascade.empty()) {
        const TaskId id = m_desk.cascade.back();
        m_desk.cascade.pop_back();
        cancelChild(id);
    }
}

void Canceller::cancelChild(const TaskId &id)
{
    if (LiveTask *task = m_desk.find(id)) {
        if (!task->options().isDetached())
            m_states.cancel(*task);
        return;
    }
    m_desk.lookups.find(id, [this, id](const TaskFound &found) {
        const auto *stored = std::get_if<StoredTask>(&found.task);
        LiveTask *task = m_desk.find(id);
        if (!task && stored)
            task = &fetch(*stored);
        if (task && !task->options().isDetached())
            m_states.cancel(*task);
    });
}

} // namespace drover
