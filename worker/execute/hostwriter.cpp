// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/hostwriter.h"

#include <QtCore/QtEndian>

namespace drover {

HostWriter::HostWriter(Sink sink) : m_sink(std::move(sink)), m_frame(lengthSize, '\0')
{
    m_frame.reserve(2 * enough);
}

bool HostWriter::stampLength()
{
    if (m_frame.size() <= lengthSize)
        return false;
    qToLittleEndian(quint32(m_frame.size() - lengthSize), m_frame.data());
    return true;
}

// The agent is gone when it does not take this; so is the reason to live.
void HostWriter::write()
{
    if (!stampLength())
        return;
    if (!m_sink(m_frame.constData(), m_frame.size()))
        leaveNow(0);
    m_frame.resize(lengthSize);
}

void HostWriter::rescue()
{
    if (!m_mutex.try_lock())
        return;
    if (stampLength())
        m_sink(m_frame.constData(), m_frame.size());
}

} // namespace drover
