// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/clientmarks.h"

namespace drover {

SubmitMarks::SubmitMarks(const ClientMark &mark) : m_mark(mark.mark), m_lastMs(mark.lastMs)
{
    for (const quint64 seq : mark.beyond)
        add(seq, mark.lastMs);
}

bool SubmitMarks::contains(quint64 seq) const
{
    if (seq <= m_mark)
        return true;
    const auto after = m_beyond.upper_bound(seq);
    return after != m_beyond.begin() && seq <= std::prev(after)->second;
}

void SubmitMarks::add(quint64 seq, qint64 ms)
{
    m_lastMs = qMax(m_lastMs, ms);
    if (seq == m_mark + 1 && m_beyond.empty()) {
        m_mark = seq;
        return;
    }
    auto after = m_beyond.upper_bound(seq);
    const auto before = after == m_beyond.begin() ? m_beyond.end() : std::prev(after);
    if (seq <= m_mark || (before != m_beyond.end() && seq <= before->second))
        return;
    quint64 last = seq;
    if (after != m_beyond.end() && after->first == seq + 1) {
        last = after->second;
        m_beyond.erase(after);
    }
    if (before != m_beyond.end() && before->second + 1 == seq)
        before->second = last;
    else
        m_beyond.emplace(seq, last);
    advance();
}

void SubmitMarks::advance()
{
    while (!m_beyond.empty()) {
        const auto first = m_beyond.begin();
        const bool joins = first->first == m_mark + 1;
        if (!joins && m_beyond.rbegin()->second - m_mark <= greatestSpan)
            return;
        m_mark = first->second;
        m_beyond.erase(first);
    }
}

ClientMark SubmitMarks::toClientMark(const Id &client) const
{
    ClientMark mark{client, m_mark, {}, m_lastMs};
    for (const auto &[first, last] : m_beyond) {
        for (quint64 seq = first; seq <= last; ++seq)
            mark.beyond.append(seq);
    }
    return mark;
}

QByteArray SubmitMarks::toBytes() const
{
    QByteArray bytes;
    {
        CborWriter writer(bytes);
        writer.array(3);
        writer.unsignedInt(m_mark);
        writer.signedInt(m_lastMs);
        writer.array(2 * m_beyond.size());
        for (const auto &[first, last] : m_beyond) {
            writer.unsignedInt(first);
            writer.unsignedInt(last);
        }
    }
    return bytes;
}

std::optional<SubmitMarks> SubmitMarks::fromBytes(QByteArrayView bytes)
{
    CborReader reader(bytes);
    SubmitMarks marks;
    if (reader.array() != 3)
        return std::nullopt;
    marks.m_mark = reader.unsignedInt();
    marks.m_lastMs = reader.signedInt();
    quint64 end = marks.m_mark;
    for (quint64 left = reader.array(); left >= 2 && reader.ok(); left -= 2) {
        const quint64 first = reader.unsignedInt();
        const quint64 last = reader.unsignedInt();
        if (first <= end || last < first || last - marks.m_mark > greatestSpan)
            return std::nullopt;
        marks.m_beyond.emplace_hint(marks.m_beyond.end(), first, last);
        end = last;
    }
    return reader.ok() && reader.atEnd() ? std::optional(marks) : std::nullopt;
}

void ClientMarks::add(const Id &client, quint64 seq, qint64 ms)
{
    if (client.isNull() || seq == 0)
        return;
    m_clients[client].add(seq, ms);
    m_changed.insert(client);
}

QList<ClientMark> ClientMarks::all() const
{
    QList<ClientMark> list;
    list.reserve(m_clients.size());
    for (auto it = m_clients.cbegin(); it != m_clients.cend(); ++it)
        list.append(it->toClientMark(it.key()));
    return list;
}

} // namespace drover
