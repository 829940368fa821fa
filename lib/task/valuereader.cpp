// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/valuereader.h"

namespace drover {

bool ValueReader::readBool(bool &value)
{
    if (!m_stream.isBool())
        return refuse();
    value = m_stream.toBool();
    return m_stream.next() || refuse();
}

bool ValueReader::readInteger(quint64 &bits, bool &negative)
{
    negative = m_stream.isNegativeInteger();
    if (!negative && !m_stream.isUnsignedInteger())
        return refuse();
    // CBOR has integers down to -2^64; those below qint64 belong to no type of ours
    if (negative && quint64(m_stream.toNegativeInteger()) - 1 > quint64(std::numeric_limits<qint64>::max()))
        return refuse(QStringLiteral("a number below -2^63"));
    bits = negative ? quint64(m_stream.toInteger()) : m_stream.toUnsignedInteger();
    return m_stream.next() || refuse();
}

bool ValueReader::readDouble(double &value)
{
    if (m_stream.isDouble())
        value = m_stream.toDouble();
    else if (m_stream.isFloat())
        value = m_stream.toFloat();
    else if (m_stream.isFloat16())
        value = m_stream.toFloat16();
    else if (m_stream.isUnsignedInteger())
        value = double(m_stream.toUnsignedInteger());
    else if (m_stream.isNegativeInteger())
        value = -double(quint64(m_stream.toNegativeInteger()));
    else
        return refuse();
    return m_stream.next() || refuse();
}

template <typename Chunk, typename Read> bool ValueReader::readChunks(Chunk &all, Read read)
{
    all = Chunk();
    for (bool first = true;; first = false) {
        const qsizetype size = m_stream.currentStringChunkSize();
        if (size > remaining())
            return refuse(QStringLiteral("malformed bytes (cut off)"));
        auto chunk = read();
        if (chunk.status == QCborStreamReader::EndOfString)
            return true;
        if (chunk.status == QCborStreamReader::Error)
            return refuse(QStringLiteral("malformed bytes (%1)").arg(m_stream.lastError().toString()));
        if (first)
            all = std::move(chunk.data);
        else
            all += chunk.data;
    }
}

bool ValueReader::readText(QString &text)
{
    return m_stream.isString() ? readChunks(text, [this] { return m_stream.readString(); }) : refuse();
}

bool ValueReader::readBytes(QByteArray &bytes)
{
    return m_stream.isByteArray() ? readChunks(bytes, [this] { return m_stream.readByteArray(); }) : refuse();
}

bool ValueReader::takeNull()
{
    return (m_stream.isNull() || m_stream.isUndefined()) && m_stream.next();
}

std::optional<quint64> ValueReader::takeTag()
{
    if (!m_stream.isTag())
        return std::nullopt;
    const quint64 tag = quint64(m_stream.toTag());
    m_stream.next();
    return tag;
}

bool ValueReader::enterArray(qsizetype &count)
{
    return m_stream.isArray() ? enter(count, 1) : refuse();
}

bool ValueReader::enterMap(qsizetype &count)
{
    return m_stream.isMap() ? enter(count, 2) : refuse();
}

bool ValueReader::enter(qsizetype &count, int itemsEach)
{
    const quint64 length = m_stream.isLengthKnown() ? m_stream.length() : 0;
    if (length > quint64(remaining()) / itemsEach)
        return refuse(QStringLiteral("malformed bytes (cut off)"));
    if (m_depth == maxDepth)
        return refuse(QStringLiteral("a value nested deeper than %1").arg(maxDepth));
    if (!m_stream.enterContainer())
        return refuse();
    ++m_depth;
    count = qsizetype(qMin<quint64>(length, 1024));
    return true;
}

bool ValueReader::leave()
{
    --m_depth;
    return (m_stream.lastError() == QCborError::NoError && m_stream.leaveContainer()) || refuse();
}

bool ValueReader::skip()
{
    return m_stream.next(maxDepth - m_depth) || refuse();
}

bool ValueReader::atEnd()
{
    return remaining() == 0 || refuse(QStringLiteral("%1 bytes too many").arg(remaining()));
}

bool ValueReader::refuse()
{
    return refuse(hasRefused() ? QString() : describeNext());
}

bool ValueReader::refuse(const QString &found)
{
    if (!hasRefused())
        m_found = found;
    return false;
}

bool ValueReader::refuseAt(const QString &place)
{
    m_path.prepend(place);
    return false;
}

QString ValueReader::describeNext()
{
    if (m_stream.lastError() != QCborError::NoError) {
        return m_size == 0 ? QStringLiteral("nothing")
                           : QStringLiteral("malformed bytes (%1)").arg(m_stream.lastError().toString());
    }
    constexpr qsizetype shown = 60;
    switch (m_stream.type()) {
    case QCborStreamReader::UnsignedInteger: return QString::number(m_stream.toUnsignedInteger());
    case QCborStreamReader::NegativeInteger: return QString::number(m_stream.toInteger());
    case QCborStreamReader::ByteArray: return QStringLiteral("bytes");
    case QCborStreamReader::String: {
        QString text;
        if (!readText(text))
            return m_found;
        return u'"' + (text.size() > shown ? text.left(shown) + u'\u2026' : text) + u'"';
    }
    case QCborStreamReader::Array: return QStringLiteral("a list");
    case QCborStreamReader::Map: return QStringLiteral("a map");
    case QCborStreamReader::Tag: return QStringLiteral("a value with the tag %1").arg(quint64(m_stream.toTag()));
    case QCborStreamReader::SimpleType:
        if (m_stream.isBool())
            return m_stream.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        return QStringLiteral("null");
    case QCborStreamReader::Invalid: return m_depth ? QStringLiteral("too few elements") : QStringLiteral("nothing");
    default: {
        double number = 0;
        return readDouble(number) ? QString::number(number, 'g', 17) : QStringLiteral("a number");
    }
    }
}

} // namespace drover
