// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/frame.h"

#include "protocol/cborreader.h"

namespace drover {

FrameReader::FrameReader(QByteArrayView frame) : m_rest(frame)
{
    if (frame.size() <= maxIncomingFrame)
        return;
    m_error =
        Error(ErrorCode::TooLarge,
              QStringLiteral("A frame of %1 bytes is over the limit of %2.").arg(frame.size()).arg(maxIncomingFrame));
    m_rest = {};
}

std::optional<RawMessage> FrameReader::next()
{
    while (!m_rest.isEmpty()) {
        CborReader reader(m_rest);
        const quint64 fields = reader.array();
        const auto kind = Kind(reader.unsignedInt(0xffff));
        for (quint64 i = 1; i < fields && reader.ok(); ++i)
            reader.skip();
        const bool known = kindInfo(kind) != nullptr;
        if (reader.ok() && !known && quint16(kind) < firstIgnoredKind)
            return stop(Error(ErrorCode::ProtocolError, QStringLiteral("%1 is not known").arg(toString(kind))));
        if (!reader.ok())
            return stop(reader.error());
        const QByteArrayView item = m_rest.first(reader.offset());
        m_rest = m_rest.sliced(item.size());
        m_offset += item.size();
        if (known)
            return RawMessage{kind, item};
    }
    return std::nullopt;
}

std::nullopt_t FrameReader::stop(const Error &why)
{
    m_error = why;
    m_error.setMessage(QStringLiteral("In the message at byte %1 of a frame: %2.").arg(m_offset).arg(why.message()));
    m_rest = {};
    return std::nullopt;
}

Error malformed(Kind kind, const Error &why)
{
    Error error = why;
    return error.setMessage(QStringLiteral("Malformed %1: %2.").arg(toString(kind), why.message()));
}

} // namespace drover
