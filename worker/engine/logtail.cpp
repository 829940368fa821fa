// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/logtail.h"

namespace drover {

void LogTail::append(const QByteArray &line)
{
    m_lines.push_back(line.size() < m_capacity ? line : line.last(m_capacity - 1));
    m_bytes += m_lines.back().size() + 1;
    while (m_bytes > m_capacity) {
        m_bytes -= m_lines.front().size() + 1;
        m_lines.pop_front();
    }
}

QString LogTail::text() const
{
    QByteArray all;
    all.reserve(m_bytes);
    for (const QByteArray &line : m_lines)
        all += line + '\n';
    return QString::fromUtf8(all);
}

} // namespace drover
