// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/streamgate.h"

namespace drover {

void StreamGate::begin(const LeaseRef &attempt, bool stopped)
{
    const std::lock_guard lock(m_mutex);
    m_attempt = attempt;
    m_allowed = StreamItem::capacity;
    m_used = 0;
    m_open = stopped;
}

void StreamGate::allow(const StreamCredit &message)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_attempt || m_attempt->id != message.id || m_attempt->token.attempt != message.attempt)
            return;
        m_allowed = qMax(m_allowed, message.credit);
    }
    m_changed.notify_all();
}

void StreamGate::open(const LeaseRef &attempt)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_attempt != attempt)
            return;
        m_open = true;
    }
    m_changed.notify_all();
}

bool StreamGate::isOpen()
{
    const std::lock_guard lock(m_mutex);
    return mayPass();
}

void StreamGate::pass(const StreamItem &item)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return mayPass(); });
    m_used += item.cost();
}

} // namespace drover
