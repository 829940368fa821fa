// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/attemptstream.h"

namespace drover {

void AttemptStream::append(StreamItem::Kind kind, QByteArray data)
{
    if (m_ended)
        return;
    m_items.push_back({m_nextSeq++, kind, std::move(data)});
    m_bytes += qsizetype(m_items.back().cost());
    m_cost += m_items.back().cost();
    trim();
}

// A producer that does not wait is cut off at twice the size even with a reader.
void AttemptStream::trim()
{
    const qsizetype limit = m_reader ? 2 * m_capacity + qsizetype(m_items.back().cost()) : m_capacity;
    while (m_bytes > limit && m_items.size() > 1)
        dropFirst();
}

void AttemptStream::dropFirst()
{
    m_bytes -= qsizetype(m_items.front().cost());
    m_items.pop_front();
    if (m_given > 0)
        --m_given;
}

void AttemptStream::attach(quint64 fromSeq, quint64 credit)
{
    m_reader = true;
    m_wanted = qMax<quint64>(fromSeq, 1);
    m_credit = credit;
    m_used = 0;
    m_given = 0;
    m_endGiven = false;
    m_endRead = false;
    while (!m_items.empty() && m_items.front().seq < m_wanted)
        dropFirst();
}

void AttemptStream::acknowledge(quint64 read)
{
    while (m_given > 0 && m_items.front().seq < read)
        dropFirst();
    m_endRead |= m_endGiven && read >= m_nextSeq;
}

quint64 AttemptStream::allowance() const
{
    return m_cost + quint64(qMax<qsizetype>(0, m_capacity - (m_reader ? m_bytes : 0)));
}

AttemptStream::Batch AttemptStream::take(qsizetype limit)
{
    Batch batch;
    if (!m_reader || m_credit == 0 || m_endGiven)
        return batch;
    const quint64 first = m_given == m_items.size() ? m_nextSeq : m_items[m_given].seq;
    if (m_wanted < first) {
        batch.items.append({first - 1, StreamItem::Lost, QByteArray::number(first - m_wanted)});
        m_wanted = first;
    }
    qsizetype taken = 0;
    while (m_given < m_items.size() && m_used < m_credit && taken < limit) {
        const StreamItem &item = m_items[m_given++];
        m_used += quint64(item.data.size());
        taken += item.data.size() + 1;
        m_wanted = item.seq + 1;
        batch.items.append(item);
    }
    if (m_given == m_items.size() && m_ended)
        batch.end = m_endGiven = true;
    return batch;
}

} // namespace drover
