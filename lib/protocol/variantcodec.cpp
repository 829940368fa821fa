// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/variantcodec.h"

#include <QtCore/QDateTime>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

namespace drover {

namespace {

constexpr const char *tooMuch = "fewer items and levels";
constexpr quint64 dateTimeTag = 0;
constexpr quint64 urlTag = 32;
constexpr quint64 uuidTag = 37;

//! What may still be opened: both ends count alike, so that nothing is written that the reader refuses.
struct Budget
{
    int depth = maxVariantDepth;
    qsizetype items = maxVariantItems;

    bool open(quint64 count)
    {
        if (depth == 0 || count > quint64(items))
            return false;
        --depth;
        items -= qsizetype(count);
        return true;
    }
    void close() { ++depth; }
};

void write(CborWriter &writer, const QVariant &value, Budget &budget);
void read(CborReader &reader, QVariant &value, Budget &budget);

template <typename Map> void writeMap(CborWriter &writer, const Map &map, Budget &budget)
{
    if (!budget.open(quint64(map.size())))
        return writer.null();
    writer.map(quint64(map.size()));
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
        writer.text(entry.key());
        write(writer, entry.value(), budget);
    }
    budget.close();
}

void writeList(CborWriter &writer, const QVariantList &list, Budget &budget)
{
    if (!budget.open(quint64(list.size())))
        return writer.null();
    writer.array(quint64(list.size()));
    for (const QVariant &element : list)
        write(writer, element, budget);
    budget.close();
}

void writeTagged(CborWriter &writer, quint64 tag, const QString &text)
{
    writer.tag(tag);
    writer.text(text);
}

void writeOther(CborWriter &writer, const QVariant &value)
{
    if (value.userType() == qMetaTypeId<Id>()) {
        writer.tag(uuidTag);
        writer.bytes(value.value<Id>().view());
    } else if (value.canConvert<QString>()) {
        writer.text(value.toString());
    } else {
        writer.null();
    }
}

void write(CborWriter &writer, const QVariant &value, Budget &budget)
{
    switch (value.userType()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr: return writer.null();
    case QMetaType::Bool: return writer.boolean(value.toBool());
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::Short:
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong: return writer.signedInt(value.toLongLong());
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong: return writer.unsignedInt(value.toULongLong());
    case QMetaType::Float:
    case QMetaType::Double: return writer.real(value.toDouble());
    case QMetaType::QByteArray: return writer.bytes(value.toByteArray());
    case QMetaType::QStringList:
    case QMetaType::QVariantList: return writeList(writer, value.toList(), budget);
    case QMetaType::QVariantMap: return writeMap(writer, value.toMap(), budget);
    case QMetaType::QVariantHash: return writeMap(writer, value.toHash(), budget);
    case QMetaType::QDateTime:
        return writeTagged(writer, dateTimeTag, value.toDateTime().toUTC().toString(Qt::ISODateWithMs));
    case QMetaType::QUrl: return writeTagged(writer, urlTag, value.toUrl().toString(QUrl::FullyEncoded));
    case QMetaType::QUuid: writer.tag(uuidTag); return writer.bytes(value.toUuid().toRfc4122());
    default: return writeOther(writer, value);
    }
}

void readMap(CborReader &reader, QVariantMap &map, Budget &budget)
{
    map.clear();
    const quint64 count = reader.map();
    if (reader.ok() && !budget.open(count))
        return reader.fail(tooMuch);
    for (quint64 i = 0; i < count && reader.ok(); ++i) {
        const QString key = reader.text();
        QVariant value;
        read(reader, value, budget);
        map.insert(key, value);
    }
    budget.close();
}

QVariantList readList(CborReader &reader, Budget &budget)
{
    QVariantList list;
    const quint64 count = reader.array();
    if (reader.ok() && !budget.open(count)) {
        reader.fail(tooMuch);
        return list;
    }
    for (quint64 i = 0; i < count && reader.ok(); ++i)
        read(reader, list.emplaceBack(), budget);
    budget.close();
    return list;
}

QVariant readTagged(CborReader &reader)
{
    switch (reader.tag()) {
    case dateTimeTag: return QDateTime::fromString(reader.text(), Qt::ISODateWithMs);
    case urlTag: return QUrl(reader.text());
    case uuidTag: {
        const QByteArrayView bytes = reader.bytes();
        if (bytes.size() != 16)
            reader.fail("16 bytes of a UUID");
        return QUuid::fromRfc4122(bytes);
    }
    default: reader.fail("a known tag"); return {};
    }
}

QVariant readUnsigned(CborReader &reader)
{
    const quint64 number = reader.unsignedInt();
    return number <= quint64(std::numeric_limits<qint64>::max()) ? QVariant(qint64(number)) : QVariant(number);
}

void read(CborReader &reader, QVariant &value, Budget &budget)
{
    using Type = CborReader::Type;
    switch (reader.peek()) {
    case Type::Unsigned: value = readUnsigned(reader); return;
    case Type::Negative: value = reader.signedInt(); return;
    case Type::Bytes: value = reader.bytes().toByteArray(); return;
    case Type::Text: value = reader.text(); return;
    case Type::Array: value = readList(reader, budget); return;
    case Type::Tag: value = readTagged(reader); return;
    case Type::Bool: value = reader.boolean(); return;
    case Type::Double: value = reader.real(); return;
    case Type::Map: {
        QVariantMap map;
        readMap(reader, map, budget);
        value = map;
        return;
    }
    case Type::Null:
        reader.null();
        value = QVariant();
        return;
    default: reader.fail("a value");
    }
}

} // namespace

void Codec<QVariant>::write(CborWriter &writer, const QVariant &value)
{
    Budget budget;
    drover::write(writer, value, budget);
}

void Codec<QVariant>::read(CborReader &reader, QVariant &value)
{
    Budget budget;
    drover::read(reader, value, budget);
}

void Codec<QVariantMap>::write(CborWriter &writer, const QVariantMap &map)
{
    Budget budget;
    if (map.size() > budget.items)
        return writer.map(0);
    writeMap(writer, map, budget);
}

void Codec<QVariantMap>::read(CborReader &reader, QVariantMap &map)
{
    Budget budget;
    readMap(reader, map, budget);
}

} // namespace drover
