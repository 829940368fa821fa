// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/framedecoder.h"

#include <QtCore/QtEndian>

namespace drover {

namespace {

constexpr qsizetype lengthSize = sizeof(quint32);
constexpr qsizetype compactAbove = 64 * 1024;

} // namespace

void appendFrame(QByteArray &stream, QByteArrayView frame)
{
    appendLength(stream, frame.size());
    stream.append(frame);
}

void appendLength(QByteArray &stream, qsizetype length)
{
    char bytes[lengthSize];
    qToLittleEndian(quint32(length), bytes);
    stream.append(bytes, lengthSize);
}

void FrameDecoder::feed(QByteArrayView bytes)
{
    if (isEmpty()) {
        m_buffer.resize(0);
        m_position = 0;
    } else if (m_position > compactAbove && m_position > m_buffer.size() / 2) {
        m_buffer.remove(0, m_position);
        m_position = 0;
    }
    m_buffer.append(bytes);
}

Result<std::optional<QByteArray>> FrameDecoder::next()
{
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_position);
    if (rest.size() < lengthSize)
        return std::optional<QByteArray>();
    const qint64 length = qFromLittleEndian<quint32>(rest.data());
    if (length > m_limit)
        return fail(
            ErrorCode::TooLarge,
            QStringLiteral("The stream announces a frame of %1 bytes; the limit is %2.").arg(length).arg(m_limit));
    if (rest.size() - lengthSize < length)
        return std::optional<QByteArray>();
    m_position += lengthSize + length;
    return std::optional<QByteArray>(rest.sliced(lengthSize, length).toByteArray());
}

} // namespace drover
