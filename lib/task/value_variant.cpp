// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/value.h"

namespace drover {

namespace {

template <typename T> bool readAs(ValueReader &in, QVariant &value)
{
    T read{};
    if (!Value<T>::read(in, read))
        return false;
    value = QVariant::fromValue(read);
    return true;
}

bool readNumber(ValueReader &in, QVariant &value)
{
    quint64 bits = 0;
    bool negative = false;
    if (!in.readInteger(bits, negative))
        return false;
    value = negative || bits <= quint64(std::numeric_limits<qint64>::max()) ? QVariant(qlonglong(bits))
                                                                            : QVariant(qulonglong(bits));
    return true;
}

// A map with keys that are no text keeps them as their text.
bool readMap(ValueReader &in, QVariant &value)
{
    qsizetype count = 0;
    if (!in.enterMap(count))
        return false;
    QVariantMap map;
    while (in.hasNext()) {
        QVariant key;
        QVariant item;
        if (!Value<QVariant>::read(in, key))
            return false;
        if (!Value<QVariant>::read(in, item))
            return in.refuseAt(u'.' + key.toString());
        map.insert(key.toString(), item);
    }
    value = map;
    return in.leave();
}

bool readTagged(ValueReader &in, QVariant &value)
{
    switch (in.stream().toTag()) {
    case QCborTag(QCborKnownTags::DateTimeString): return readAs<QDateTime>(in, value);
    case QCborTag(QCborKnownTags::Url): return readAs<QUrl>(in, value);
    case QCborTag(QCborKnownTags::Uuid): return readAs<QUuid>(in, value);
    default:
        for (int tags = 0; in.takeTag(); ++tags) {
            if (tags == ValueReader::maxDepth)
                return in.refuse(QStringLiteral("a value with too many tags"));
        }
        return Value<QVariant>::read(in, value);
    }
}

} // namespace

void Value<QVariant>::write(ValueWriter &out, const QVariant &value)
{
    if (!value.isValid() || value.metaType() == QMetaType::fromType<std::nullptr_t>())
        out.appendNull();
    else
        writeMeta(out, value.metaType(), value.constData());
}

bool Value<QVariant>::read(ValueReader &in, QVariant &value)
{
    value = {};
    if (in.takeNull())
        return true;
    switch (in.type()) {
    case QCborStreamReader::UnsignedInteger:
    case QCborStreamReader::NegativeInteger: return readNumber(in, value);
    case QCborStreamReader::ByteArray: return readAs<QByteArray>(in, value);
    case QCborStreamReader::String: return readAs<QString>(in, value);
    case QCborStreamReader::Array: return readAs<QVariantList>(in, value);
    case QCborStreamReader::Map: return readMap(in, value);
    case QCborStreamReader::Tag: return readTagged(in, value);
    case QCborStreamReader::Float16:
    case QCborStreamReader::Float:
    case QCborStreamReader::Double: return readAs<double>(in, value);
    default: return in.stream().isBool() ? readAs<bool>(in, value) : in.refuse();
    }
}

} // namespace drover
