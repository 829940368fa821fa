// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/outbox.h"

namespace drover {

QByteArray &Outbox::buffer(Plane plane)
{
    return plane == Plane::Bulk ? m_bulk.tail : m_control.tail;
}

void Outbox::appended(Plane plane, qsizetype start)
{
    Queue &queue = plane == Plane::Bulk ? m_bulk : m_control;
    if (start == 0 || queue.tail.size() <= maxOutgoingFrame)
        return;
    // The message does not fit into the frame begun before it: that one is closed, the message begins the next.
    const QByteArray next = queue.tail.sliced(start);
    queue.tail.truncate(start);
    queue.closedBytes += queue.tail.size();
    queue.frames.push_back(std::move(queue.tail));
    queue.tail = next;
}

QByteArray Outbox::Queue::take()
{
    if (frames.empty())
        return std::exchange(tail, {});
    QByteArray frame = std::move(frames.front());
    frames.pop_front();
    closedBytes -= frame.size();
    return frame;
}

QByteArray Outbox::takeFrame(qint64 unsent)
{
    if (m_credit <= 0 || unsent >= highMark)
        return {};
    QByteArray frame;
    if (!m_control.isEmpty())
        frame = m_control.take();
    else if (!m_bulk.isEmpty() && unsent < bulkMark)
        frame = m_bulk.take();
    m_credit -= frame.size();
    return frame;
}

} // namespace drover
