// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/lending.h"

namespace drover {

void Lending::begin(const LeaseRef &attempt)
{
    const std::lock_guard lock(m_mutex);
    m_attempt = attempt;
    m_waiting = 0;
    m_blocked = false;
}

void Lending::end()
{
    const std::lock_guard lock(m_mutex);
    m_attempt.reset();
}

void Lending::suspended()
{
    const std::lock_guard lock(m_mutex);
    block();
}

void Lending::answered(int woken)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting -= woken;
        resume();
        if (m_waiting > 0)
            block();
        else if (woken == 0)
            return; // coroutines: their thread flushes when it has nothing more to do
    }
    m_writer.flush();
}

void Lending::waits(const LeaseRef &attempt, bool begins)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_attempt != attempt)
            return;
        m_waiting += begins ? 1 : -1;
        if (m_waiting > 0)
            block();
        else
            resume();
    }
    m_writer.flush();
}

void Lending::block()
{
    if (m_attempt && !std::exchange(m_blocked, true))
        m_writer.append(Blocked{m_attempt->id, m_attempt->token});
}

void Lending::resume()
{
    if (std::exchange(m_blocked, false) && m_attempt)
        m_writer.append(Resumed{m_attempt->id, m_attempt->token});
}

} // namespace drover
