// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborreader.h"

#include <QtCore/QStringList>
#include <QtCore/QUtf8StringView>
#include <QtCore/QtEndian>
#include <QtCore/qfloat16.h>

#include <cstring>

namespace drover {

namespace {

constexpr quint8 falseInfo = 20;
constexpr quint8 trueInfo = 21;
constexpr quint8 nullInfo = 22;
constexpr quint8 halfInfo = 25;
constexpr quint8 floatInfo = 26;
constexpr quint8 doubleInfo = 27;

CborReader::Type typeOf(quint8 byte)
{
    using Type = CborReader::Type;
    if (byte >> 5 < 7)
        return Type(byte >> 5);
    switch (byte & 0x1f) {
    case falseInfo:
    case trueInfo: return Type::Bool;
    case nullInfo: return Type::Null;
    case halfInfo:
    case floatInfo:
    case doubleInfo: return Type::Double;
    default: return Type::Other;
    }
}

const char *nameOf(CborReader::Type type)
{
    static constexpr const char *names[] = {"an unsigned integer",
                                            "a negative integer",
                                            "bytes",
                                            "text",
                                            "an array",
                                            "a map",
                                            "a tag",
                                            "a boolean",
                                            "null",
                                            "a floating-point number",
                                            "an unknown item",
                                            "the end"};
    return names[int(type)];
}

template <typename Float, typename Bits> double fromBits(quint64 value)
{
    const Bits bits = Bits(value);
    Float result;
    std::memcpy(static_cast<void *>(&result), &bits, sizeof result);
    return double(result);
}

} // namespace

CborReader::CborReader(QByteArrayView data)
    : m_begin(reinterpret_cast<const uchar *>(data.data())), m_at(m_begin), m_end(m_begin + data.size())
{}

Error CborReader::error() const
{
    if (ok())
        return {};
    QStringList path;
    for (int i = m_pathLength; i > 0; --i)
        path.append(QStringLiteral("field %1").arg(m_path[size_t(i - 1)]));
    const QString where = path.isEmpty() ? QString() : path.join(QLatin1String(", ")) + QLatin1String(": ");
    return Error(m_code,
                 QStringLiteral("%1expected %2, found %3 at byte %4")
                     .arg(where, QLatin1String(m_expected), QLatin1String(nameOf(m_found)))
                     .arg(m_failedAt));
}

CborReader::Type CborReader::peek() const
{
    return m_at == m_end ? Type::End : typeOf(*m_at);
}

void CborReader::fail(const char *expected, ErrorCode code)
{
    if (!ok())
        return;
    failAt(m_at, expected);
    m_code = code;
}

void CborReader::failAt(const uchar *at, const char *expected)
{
    if (!ok())
        return;
    m_expected = expected;
    m_code = ErrorCode::ProtocolError;
    m_failedAt = at - m_begin;
    m_found = at == m_end ? Type::End : typeOf(*at);
    m_at = m_end;
}

void CborReader::failedIn(int field)
{
    if (m_pathLength < maxPath)
        m_path[size_t(m_pathLength++)] = field;
}

bool CborReader::head(Head &head)
{
    if (m_at == m_end) [[unlikely]]
        return false;
    head.major = quint8(*m_at >> 5);
    head.info = *m_at & 0x1f;
    head.value = head.info;
    if (head.info < 24) [[likely]] {
        ++m_at;
        return true;
    }
    return longHead(head);
}

bool CborReader::longHead(Head &head)
{
    if (head.info > 27)
        return false;
    const qsizetype width = qsizetype(1) << (head.info - 24);
    if (remaining() <= width)
        return false;
    const uchar *number = m_at + 1;
    switch (width) {
    case 1: head.value = *number; break;
    case 2: head.value = qFromBigEndian<quint16>(number); break;
    case 4: head.value = qFromBigEndian<quint32>(number); break;
    default: head.value = qFromBigEndian<quint64>(number); break;
    }
    m_at = number + width;
    return true;
}

quint64 CborReader::expectHead(quint8 major, const char *expected)
{
    const uchar *start = m_at;
    Head item;
    if (head(item) && item.major == major) [[likely]]
        return item.value;
    failAt(start, expected);
    return 0;
}

quint64 CborReader::unsignedInt(quint64 max)
{
    const uchar *start = m_at;
    const quint64 value = expectHead(0, "an unsigned integer");
    if (value <= max) [[likely]]
        return value;
    failAt(start, "a smaller number");
    return 0;
}

qint64 CborReader::signedInt(qint64 min, qint64 max)
{
    const uchar *start = m_at;
    Head item;
    if (!head(item) || item.major > 1) {
        failAt(start, "an integer");
        return 0;
    }
    const bool fits = item.value <= quint64(std::numeric_limits<qint64>::max());
    const qint64 value = item.major == 0 ? qint64(item.value) : -1 - qint64(item.value);
    if (fits && value >= min && value <= max)
        return value;
    failAt(start, "a number in range");
    return 0;
}

bool CborReader::boolean()
{
    if (peek() != Type::Bool) {
        fail("a boolean");
        return false;
    }
    return (*m_at++ & 0x1f) == trueInfo;
}

void CborReader::null()
{
    if (peek() != Type::Null)
        fail("null");
    else
        ++m_at;
}

double CborReader::real()
{
    const uchar *start = m_at;
    Head item;
    if (peek() != Type::Double || !head(item)) {
        failAt(start, "a floating-point number");
        return 0;
    }
    switch (item.info) {
    case halfInfo: return fromBits<qfloat16, quint16>(item.value);
    case floatInfo: return fromBits<float, quint32>(item.value);
    default: return fromBits<double, quint64>(item.value);
    }
}

QByteArrayView CborReader::string(quint8 major, const char *expected)
{
    const uchar *start = m_at;
    const quint64 size = expectHead(major, expected);
    if (size > quint64(remaining())) [[unlikely]] {
        failAt(start, "as many bytes as announced");
        return {};
    }
    const QByteArrayView view(m_at, qsizetype(size));
    m_at += size;
    return view;
}

QByteArrayView CborReader::bytes()
{
    return string(2, "bytes");
}

QByteArrayView CborReader::textBytes()
{
    const uchar *start = m_at;
    const QByteArrayView view = string(3, "text");
    if (QUtf8StringView(view.data(), view.size()).isValidUtf8()) [[likely]]
        return view;
    failAt(start, "valid UTF-8");
    return {};
}

QString CborReader::text()
{
    const QByteArrayView utf8 = textBytes();
    return utf8.isEmpty() ? QString() : QString::fromUtf8(utf8);
}

quint64 CborReader::count(quint8 major, quint64 itemsEach, const char *expected)
{
    const uchar *start = m_at;
    const quint64 number = expectHead(major, expected);
    if (number <= quint64(remaining()) / itemsEach) [[likely]]
        return number;
    failAt(start, "as many items as announced");
    return 0;
}

quint64 CborReader::array()
{
    return count(4, 1, "an array");
}

quint64 CborReader::map()
{
    return count(5, 2, "a map");
}

quint64 CborReader::tag()
{
    return expectHead(6, "a tag");
}

void CborReader::skip()
{
    std::array<quint64, maxDepth> open;
    int depth = 0;
    quint64 left = 1;
    while (ok()) {
        while (left == 0) {
            if (depth == 0)
                return;
            left = open[size_t(--depth)];
        }
        --left;
        const quint64 inside = skipHead();
        if (inside == 0)
            continue;
        if (depth == maxDepth)
            return fail("fewer containers inside containers");
        open[size_t(depth++)] = left;
        left = inside;
    }
}

quint64 CborReader::skipHead()
{
    switch (peek()) {
    case Type::Bytes: bytes(); return 0;
    case Type::Text: string(3, "text"); return 0;
    case Type::Array: return array();
    case Type::Map: return 2 * map();
    case Type::Tag: tag(); return 1;
    default: break;
    }
    const uchar *start = m_at;
    Head item;
    if (!head(item) || (item.major == 7 && item.info == 24 && item.value < 32))
        failAt(start, "an item");
    return 0;
}

} // namespace drover
