// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/attemptstream.h"

namespace drover {

namespace {

constexpr qsizetype overhead = 64;

} // namespace

void AttemptStream::append(StreamItem::Kind kind, QByteArray data)
{
    if (m_ended)
        return;
    m_bytes += data.size() + overhead;
    m_items.push_back({m_nextSeq++, kind, std::move(data)});
    trim();
}

// A producer that cannot wait is cut off at twice the size even with a reader.
void AttemptStream::trim()
{
    const qsizetype limit = m_reader ? 2 * m_capacity : m_capacity;
    while (m_bytes > limit && m_items.size() > 1)
        dropFirst();
}

void AttemptStream::dropFirst()
{
    m_bytes -= m_items.front().data.size() + overhead;
    m_items.pop_front();
}

void AttemptStream::attach(quint64 fromSeq, quint64 credit)
{
    m_reader = true;
    m_wanted = qMax<quint64>(fromSeq, 1);
    m_credit = credit;
    m_given = 0;
    m_endTaken = false;
    while (!m_items.empty() && m_items.front().seq < m_wanted)
        dropFirst();
}

AttemptStream::Batch AttemptStream::take(qsizetype limit)
{
    Batch batch;
    if (!m_reader || m_endTaken)
        return batch;
    const quint64 first = m_items.empty() ? m_nextSeq : m_items.front().seq;
    if (m_wanted < first) {
        batch.items.append({first - 1, StreamItem::Lost, QByteArray::number(first - m_wanted)});
        m_wanted = first;
    }
    qsizetype taken = 0;
    while (!m_items.empty() && m_given < m_credit && taken < limit) {
        StreamItem item = std::move(m_items.front());
        m_items.pop_front();
        const qsizetype size = item.data.size();
        m_bytes -= size + overhead;
        m_given += quint64(size);
        taken += size + 1;
        m_wanted = item.seq + 1;
        batch.items.append(std::move(item));
    }
    if (m_items.empty() && m_ended)
        batch.end = m_endTaken = true;
    return batch;
}

} // namespace drover
