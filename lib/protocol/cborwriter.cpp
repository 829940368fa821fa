// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborwriter.h"

#include <QtCore/QtEndian>

#include <algorithm>

namespace drover {

CborWriter::CborWriter(QByteArray &out) : m_out(out), m_cursor(out.data() + out.size()), m_end(m_cursor) {}

CborWriter::~CborWriter()
{
    m_out.truncate(m_cursor - m_out.constData());
}

void CborWriter::grow(qsizetype size)
{
    const qsizetype used = m_cursor - m_out.constData();
    const qsizetype wanted = used + size;
    if (wanted > m_out.capacity())
        m_out.reserve(std::max(wanted + 64, 2 * m_out.capacity()));
    m_out.resize(m_out.capacity());
    m_cursor = m_out.data() + used;
    m_end = m_out.data() + m_out.size();
}

void CborWriter::longHead(quint8 major, quint64 value)
{
    if (value <= 0xff) {
        *m_cursor++ = char(major | 24);
        *m_cursor++ = char(value);
    } else if (value <= 0xffff) {
        *m_cursor++ = char(major | 25);
        qToBigEndian(quint16(value), m_cursor);
        m_cursor += 2;
    } else if (value <= 0xffffffff) {
        *m_cursor++ = char(major | 26);
        qToBigEndian(quint32(value), m_cursor);
        m_cursor += 4;
    } else {
        *m_cursor++ = char(major | 27);
        qToBigEndian(value, m_cursor);
        m_cursor += 8;
    }
}

void CborWriter::signedInt(qint64 value)
{
    if (value >= 0)
        head(0x00, quint64(value));
    else
        head(0x20, ~quint64(value));
}

void CborWriter::real(double value)
{
    reserve(maxHead);
    *m_cursor++ = char(0xfb);
    quint64 bits;
    std::memcpy(&bits, &value, sizeof bits);
    qToBigEndian(bits, m_cursor);
    m_cursor += 8;
}

void CborWriter::text(QStringView value)
{
    const char16_t *units = value.utf16();
    const qsizetype size = value.size();
    reserve(maxHead + size);
    const qsizetype before = m_cursor - m_out.constData();
    head(0x60, quint64(size));
    char16_t all = 0;
    for (qsizetype i = 0; i < size; ++i) {
        all |= units[i];
        m_cursor[i] = char(units[i]);
    }
    if (all < 0x80) {
        m_cursor += size;
        return;
    }
    m_cursor = m_out.data() + before;
    const QByteArray utf8 = value.toUtf8();
    head(0x60, quint64(utf8.size()));
    append(utf8);
}

void CborWriter::bytes(QByteArrayView value)
{
    head(0x40, quint64(value.size()));
    append(value);
}

void CborWriter::append(QByteArrayView value)
{
    if (value.isEmpty())
        return;
    reserve(value.size());
    std::memcpy(m_cursor, value.data(), size_t(value.size()));
    m_cursor += value.size();
}

} // namespace drover
