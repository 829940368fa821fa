// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/timekeeper.h"

#include "support/fault.h"

namespace drover {

using namespace std::chrono_literals;

namespace {
constexpr auto calendarCheck = 10s; // the calendar may step: it is looked at that often at least
constexpr auto forgetEvery = 1h;
} // namespace

// While there are leases something happens twice in that time at least, or this process was stopped, or its machine asleep, and
// could not hear the workers.
void Timekeeper::noticeSleep()
{
    const MonotonicTime last = std::exchange(m_lastEvent, m_desk.now.monotonic);
    const bool slept = last != MonotonicTime() && m_desk.now.monotonic - last >= m_desk.options.leaseTime / 6;
    if (slept && !DROVER_FAULT(ExpiresAfterSleep))
        m_leasing.renewAll();
}

void Timekeeper::tick()
{
    m_beatAt = m_desk.now.monotonic + m_desk.options.leaseTime / 12;
    m_leasing.expire();
    fireDelays();
    fireCalendar();
    if (m_desk.judgeFrom != MonotonicTime() && m_desk.judgeFrom <= m_desk.now.monotonic) {
        m_desk.judgeFrom = {};
        m_desk.dispatchDue = true;
    }
    forgetOld();
}

void Timekeeper::fireDelays()
{
    while (const auto id = m_desk.delays.takeDue(m_desk.now.monotonic)) {
        LiveTask *task = m_desk.find(*id);
        if (!task || m_states.expire(*task) || task->isEnded())
            continue;
        const State state = task->delivery().state;
        const bool waits = state == State::Retry || (state == State::Scheduled && task->options().delay().count() > 0);
        if (waits && task->dueAt <= m_desk.now.monotonic && !DROVER_FAULT(DueIsMissed))
            m_states.due(*task);
    }
}

void Timekeeper::fireCalendar()
{
    while (const auto id = m_desk.calendar.takeDue(m_desk.now.wallMs)) {
        LiveTask *task = m_desk.find(*id);
        if (!task || m_states.expire(*task) || task->isEnded())
            continue;
        const bool waits = task->delivery().state == State::Scheduled && task->options().delay().count() == 0;
        if (waits && task->delivery().dueMs <= m_desk.now.wallMs)
            m_states.due(*task);
    }
}

// Ages count on from where the last run stood by the clock that never steps: a wall clock that jumps makes nothing old.
void Timekeeper::forgetOld()
{
    if (m_forgotAt && m_desk.now.monotonic - *m_forgotAt < forgetEvery)
        return;
    if (m_desk.agedMs == 0)
        m_desk.agedMs = m_desk.now.wallMs;
    if (m_forgotAt)
        m_desk.agedMs += std::chrono::duration_cast<Milliseconds>(m_desk.now.monotonic - *m_forgotAt).count();
    m_forgotAt = m_desk.now.monotonic;
    const qint64 before = m_desk.agedMs - m_desk.options.dedupWindow.count();
    m_desk.keys.forget(before);
    m_desk.sessions.forgetClients(before);
    m_desk.batches.forget(before);
}

std::optional<MonotonicTime> Timekeeper::next() const
{
    std::optional<MonotonicTime> next = m_leasing.nextExpiry();
    const auto take = [&next](MonotonicTime at) { next = next ? qMin(*next, at) : at; };
    if (next)
        take(m_beatAt);
    if (const auto delay = m_desk.delays.next())
        take(*delay);
    if (m_desk.judgeFrom != MonotonicTime())
        take(m_desk.judgeFrom);
    if (const auto date = m_desk.calendar.next()) {
        const Milliseconds left(qMax<qint64>(0, *date - m_desk.now.wallMs));
        take(m_desk.now.monotonic + qMin<std::chrono::nanoseconds>(left, calendarCheck));
    }
    return next;
}

} // namespace drover
