// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/announcement.h"

#include "support/fingerprint.h"

#include <QtCore/QCborStreamReader>
#include <QtCore/QCborStreamWriter>
#include <QtCore/QCoreApplication>

#include <algorithm>
#include <limits>

namespace drover {

namespace {

constexpr quint64 format = 1;
constexpr quint64 goodbyeFlag = 1;
constexpr quint64 queryFlag = 2;

struct AnnouncementText
{
    Q_DECLARE_TR_FUNCTIONS(drover::Announcement)
};

Unexpected<Error> broken(const QString &field)
{
    return fail(ErrorCode::ProtocolError,
                AnnouncementText::tr("Not an announcement: %1 is missing or wrong.").arg(field));
}

//! Reads items in order and remembers that one was wrong, so that the caller asks once.
class ItemReader
{
public:
    explicit ItemReader(const QByteArray &bytes) : m_reader(bytes) {}

    bool enterArray() { return m_reader.isArray() && m_reader.isLengthKnown() && m_reader.enterContainer(); }

    bool read(quint64 &value, quint64 greatest)
    {
        if (!m_reader.isUnsignedInteger() || m_reader.toUnsignedInteger() > greatest)
            return false;
        value = m_reader.toUnsignedInteger();
        return m_reader.next();
    }
    bool read(QString &text)
    {
        if (!m_reader.isString() || !fits())
            return false;
        const auto chunk = m_reader.readString();
        text = chunk.data;
        return chunk.status == QCborStreamReader::Ok && finishString();
    }
    bool read(QByteArray &bytes)
    {
        if (!m_reader.isByteArray() || !fits())
            return false;
        const auto chunk = m_reader.readByteArray();
        bytes = chunk.data;
        return chunk.status == QCborStreamReader::Ok && finishString();
    }

private:
    bool fits() { return m_reader.isLengthKnown() && m_reader.length() <= quint64(Announcement::maxDatagram); }
    bool finishString()
    {
        return (m_reader.isString() ? m_reader.readString().status : m_reader.readByteArray().status)
            == QCborStreamReader::EndOfString;
    }

    QCborStreamReader m_reader;
};

bool isServiceName(const QString &text)
{
    return text.size() <= Announcement::maxService && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
           });
}

bool isInvisible(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

Result<Announcement> readIdentity(ItemReader &items, Announcement announcement)
{
    QByteArray incarnation;
    quint64 port = 0;
    quint64 protocolVersion = 0;
    if (!items.read(announcement.service) || !isServiceName(announcement.service))
        return broken(QStringLiteral("service"));
    if (!items.read(announcement.name))
        return broken(QStringLiteral("name"));
    if (!items.read(announcement.fingerprint))
        return broken(QStringLiteral("fingerprint"));
    if (!items.read(incarnation))
        return broken(QStringLiteral("incarnation"));
    if (!items.read(port, std::numeric_limits<quint16>::max()))
        return broken(QStringLiteral("port"));
    if (!items.read(protocolVersion, std::numeric_limits<quint32>::max()))
        return broken(QStringLiteral("protocol version"));
    announcement.name = cleanName(announcement.name);
    announcement.incarnation = Id::fromBytes(incarnation).value_or(Id());
    announcement.port = quint16(port);
    announcement.protocolVersion = quint32(protocolVersion);
    return announcement;
}

Result<Announcement> checkIdentity(Announcement announcement)
{
    if (!announcement.namesPeer()) {
        if (!announcement.query)
            return broken(QStringLiteral("service"));
        Announcement query;
        query.query = true;
        return query;
    }
    if (announcement.fingerprint.size() != fingerprintSize)
        return broken(QStringLiteral("fingerprint"));
    if (announcement.incarnation.isNull())
        return broken(QStringLiteral("incarnation"));
    if (announcement.port == 0)
        return broken(QStringLiteral("port"));
    return announcement;
}

} // namespace

QByteArray Announcement::toBytes() const
{
    QByteArray bytes;
    QCborStreamWriter writer(&bytes);
    writer.startArray(9);
    writer.append(QLatin1StringView("drover"));
    writer.append(format);
    writer.append((goodbye ? goodbyeFlag : 0) | (query ? queryFlag : 0));
    writer.append(QStringView(service).left(maxService));
    writer.append(cleanName(name));
    writer.append(fingerprint);
    writer.append(QByteArray(incarnation.view().data(), incarnation.view().size()));
    writer.append(quint64(port));
    writer.append(quint64(protocolVersion));
    writer.endArray();
    return bytes;
}

Result<Announcement> Announcement::fromBytes(const QByteArray &datagram)
{
    if (datagram.size() > maxDatagram)
        return fail(ErrorCode::TooLarge,
                    AnnouncementText::tr("An announcement of more than %1 bytes.").arg(maxDatagram));
    ItemReader items(datagram);
    QString magic;
    quint64 version = 0;
    quint64 flags = 0;
    if (!items.enterArray() || !items.read(magic) || magic != QLatin1StringView("drover"))
        return broken(QStringLiteral("\"drover\""));
    if (!items.read(version, std::numeric_limits<quint64>::max()))
        return broken(QStringLiteral("format"));
    if (version != format)
        return fail(ErrorCode::VersionMismatch,
                    AnnouncementText::tr("An announcement of the unknown format %1.").arg(version));
    if (!items.read(flags, std::numeric_limits<quint64>::max()))
        return broken(QStringLiteral("flags"));
    Announcement announcement;
    announcement.goodbye = flags & goodbyeFlag;
    announcement.query = flags & queryFlag;
    Result<Announcement> read = readIdentity(items, std::move(announcement));
    return read ? checkIdentity(std::move(*read)) : read;
}

QString cleanName(const QString &text)
{
    QString clean;
    for (const char32_t character : text.left(4 * Announcement::maxName).toUcs4()) {
        const qsizetype units = QChar::requiresSurrogates(character) ? 2 : 1;
        if (isInvisible(character))
            continue;
        if (clean.size() + units > Announcement::maxName)
            break;
        clean += QChar::fromUcs4(character);
    }
    return clean.trimmed();
}

} // namespace drover
