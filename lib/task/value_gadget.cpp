// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/value_gadget.h"

#include "task/value.h"

#include <QtCore/QMetaProperty>
#include <QtCore/QSequentialIterable>

namespace drover {

namespace {

struct Access
{
    QString (*type)();
    void (*write)(ValueWriter &, const void *);
    bool (*read)(ValueReader &, void *);
};

template <typename T> void addAccess(QHash<int, Access> &table)
{
    table.insert(qMetaTypeId<T>(),
                 {[] { return Value<T>::type(); },
                  [](ValueWriter &out, const void *value) { Value<T>::write(out, *static_cast<const T *>(value)); },
                  [](ValueReader &in, void *value) { return Value<T>::read(in, *static_cast<T *>(value)); }});
}

template <typename... T> QHash<int, Access> accessTable()
{
    QHash<int, Access> table;
    (addAccess<T>(table), ...);
    return table;
}

const Access *accessOf(QMetaType type)
{
    static const QHash<int, Access> table =
        accessTable<bool, char, signed char, uchar, short, ushort, int, uint, long, ulong, qlonglong, qulonglong, float,
                    double, QString, QByteArray, QUuid, Id, QUrl, QDateTime, QStringList, QByteArrayList, QVariant,
                    QVariantList, QVariantMap, QVariantHash, QJsonValue, QJsonObject, QJsonArray, QJsonDocument>();
    const auto found = table.find(type.id());
    return found == table.end() ? nullptr : &*found;
}

template <typename Number, typename Fn> auto withNumber(Fn fn)
{
    return fn(Number{});
}

template <typename Fn> auto withEnumNumber(QMetaType type, Fn fn)
{
    switch (type.sizeOf()) {
    case 1: return withNumber<qint8>(fn);
    case 2: return withNumber<qint16>(fn);
    case 8: return withNumber<qint64>(fn);
    default: return withNumber<qint32>(fn);
    }
}

bool isSequence(QMetaType type)
{
    return QMetaType::canView(type, QMetaType::fromType<QSequentialIterable>())
        || QMetaType::canConvert(type, QMetaType::fromType<QSequentialIterable>());
}

void writeSequence(ValueWriter &out, QMetaType type, const void *value)
{
    const QVariant list(type, value);
    const auto items = list.value<QSequentialIterable>();
    out.startArray(quint64(items.size()));
    for (const QVariant &item : items)
        Value<QVariant>::write(out, item);
    out.endArray();
}

bool readSequence(ValueReader &in, QMetaType type, void *value)
{
    qsizetype count = 0;
    if (!in.enterArray(count))
        return false;
    QVariant list{type};
    auto items = list.view<QSequentialIterable>();
    const QMetaType itemType = items.metaContainer().valueMetaType();
    for (int i = 0; in.hasNext(); ++i) {
        QVariant item{itemType};
        if (!readMeta(in, itemType, item.data()))
            return in.refuseAt(QStringLiteral("[%1]").arg(i));
        items.addValue(item);
    }
    type.destruct(value);
    type.construct(value, list.constData());
    return in.leave();
}

bool isStored(const QMetaProperty &property)
{
    return property.isReadable() && property.isWritable() && property.isStored();
}

} // namespace

QString metaTypeText(QMetaType type)
{
    if (const Access *access = accessOf(type))
        return access->type();
    if (type.flags() & QMetaType::IsEnumeration)
        return QStringLiteral("enum");
    if (type.metaObject() && (type.flags() & QMetaType::IsGadget))
        return gadgetText(*type.metaObject());
    if (isSequence(type)) {
        QVariant list{type};
        return QStringLiteral("list<%1>")
            .arg(metaTypeText(list.view<QSequentialIterable>().metaContainer().valueMetaType()));
    }
    return QString::fromLatin1(type.name());
}

void writeMeta(ValueWriter &out, QMetaType type, const void *value)
{
    if (const Access *access = accessOf(type))
        access->write(out, value);
    else if (type.flags() & QMetaType::IsEnumeration)
        withEnumNumber(type, [&]<typename N>(N) { Value<N>::write(out, *static_cast<const N *>(value)); });
    else if (type.metaObject() && (type.flags() & QMetaType::IsGadget))
        writeGadget(out, *type.metaObject(), value);
    else if (isSequence(type))
        writeSequence(out, type, value);
    else
        out.refuse(QStringLiteral("a value of the type %1 cannot travel").arg(QLatin1String(type.name())));
}

bool readMeta(ValueReader &in, QMetaType type, void *value)
{
    if (const Access *access = accessOf(type))
        return access->read(in, value);
    if (type.flags() & QMetaType::IsEnumeration)
        return withEnumNumber(type, [&]<typename N>(N) { return Value<N>::read(in, *static_cast<N *>(value)); });
    if (type.metaObject() && (type.flags() & QMetaType::IsGadget))
        return readGadget(in, *type.metaObject(), value);
    if (isSequence(type))
        return readSequence(in, type, value);
    return in.refuse(QStringLiteral("a type that cannot travel (%1)").arg(QLatin1String(type.name())));
}

QString gadgetText(const QMetaObject &meta)
{
    QStringList properties;
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        if (isStored(property))
            properties.append(QLatin1String(property.name()) + u':' + metaTypeText(property.metaType()));
    }
    return QLatin1String(meta.className()) + u'{' + properties.join(u',') + u'}';
}

void writeGadget(ValueWriter &out, const QMetaObject &meta, const void *gadget)
{
    out.startMap();
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        if (!isStored(property))
            continue;
        out.append(QLatin1String(property.name()));
        const QVariant value = property.readOnGadget(gadget);
        if (property.metaType() == QMetaType::fromType<QVariant>())
            Value<QVariant>::write(out, value);
        else
            writeMeta(out, property.metaType(), value.constData());
    }
    out.endMap();
}

bool readGadget(ValueReader &in, const QMetaObject &meta, void *gadget)
{
    qsizetype count = 0;
    if (!in.enterMap(count))
        return false;
    while (in.hasNext()) {
        QString name;
        if (!in.readText(name))
            return false;
        const int index = meta.indexOfProperty(name.toUtf8().constData());
        if (index < 0 || !isStored(meta.property(index))) {
            if (!in.skip())
                return false;
            continue;
        }
        const QMetaProperty property = meta.property(index);
        QVariant value{property.metaType()};
        const bool any = property.metaType() == QMetaType::fromType<QVariant>();
        if (any ? !Value<QVariant>::read(in, value) : !readMeta(in, property.metaType(), value.data()))
            return in.refuseAt(u'.' + name);
        property.writeOnGadget(gadget, value);
    }
    return in.leave();
}

} // namespace drover
