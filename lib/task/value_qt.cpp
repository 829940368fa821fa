// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/value_qt.h"

#include "task/value_gadget.h"

#include <QtCore/QCborValue>

namespace drover {

namespace {

template <typename T> bool readTagged(ValueReader &in, quint64 tag, T &content, bool (ValueReader::*read)(T &))
{
    const std::optional<quint64> found = in.takeTag();
    if (found && *found != tag)
        return in.refuse(QStringLiteral("a value with the tag %1").arg(*found));
    return (in.*read)(content);
}

bool readSixteen(ValueReader &in, QByteArray &bytes)
{
    if (in.type() == QCborStreamReader::String) {
        QString text;
        if (!in.readText(text))
            return false;
        const std::optional<Id> id = Id::fromString(text);
        bytes = id ? id->view().toByteArray() : QByteArray();
        return id || in.refuse(u'"' + text.left(60) + u'"');
    }
    if (!readTagged(in, quint64(QCborKnownTags::Uuid), bytes, &ValueReader::readBytes))
        return false;
    return bytes.size() == 16 || in.refuse(QStringLiteral("%1 bytes").arg(bytes.size()));
}

bool readJson(ValueReader &in, QJsonValue &value)
{
    QVariant any;
    if (!Value<QVariant>::read(in, any))
        return false;
    value = QCborValue::fromVariant(any).toJsonValue();
    return true;
}

template <typename T>
bool readJsonAs(ValueReader &in, T &value, bool (QJsonValue::*is)() const, T (QJsonValue::*to)() const)
{
    QJsonValue any;
    if (!readJson(in, any))
        return false;
    if (!(any.*is)())
        return in.refuse(QStringLiteral("other JSON"));
    value = (any.*to)();
    return true;
}

void writeJson(ValueWriter &out, const QJsonValue &value)
{
    QCborValue::fromJsonValue(value).toCbor(out);
}

} // namespace

void Value<QString>::write(ValueWriter &out, const QString &value)
{
    out.append(QStringView(value));
}

bool Value<QString>::read(ValueReader &in, QString &value)
{
    return in.readText(value);
}

void Value<QByteArray>::write(ValueWriter &out, const QByteArray &value)
{
    out.append(value);
}

bool Value<QByteArray>::read(ValueReader &in, QByteArray &value)
{
    return in.readBytes(value);
}

void Value<QUuid>::write(ValueWriter &out, const QUuid &value)
{
    out.append(QCborKnownTags::Uuid);
    out.append(value.toRfc4122());
}

bool Value<QUuid>::read(ValueReader &in, QUuid &value)
{
    QByteArray bytes;
    if (!readSixteen(in, bytes))
        return false;
    value = QUuid::fromRfc4122(bytes);
    return true;
}

void Value<Id>::write(ValueWriter &out, const Id &value)
{
    out.append(QCborKnownTags::Uuid);
    out.append(value.view().toByteArray());
}

bool Value<Id>::read(ValueReader &in, Id &value)
{
    QByteArray bytes;
    if (!readSixteen(in, bytes))
        return false;
    value = *Id::fromBytes(bytes);
    return true;
}

void Value<QUrl>::write(ValueWriter &out, const QUrl &value)
{
    out.append(QCborKnownTags::Url);
    out.append(QStringView(value.toString(QUrl::FullyEncoded)));
}

bool Value<QUrl>::read(ValueReader &in, QUrl &value)
{
    QString text;
    if (!readTagged(in, quint64(QCborKnownTags::Url), text, &ValueReader::readText))
        return false;
    value = QUrl(text, QUrl::StrictMode);
    return text.isEmpty() || value.isValid() || in.refuse(u'"' + text.left(60) + u'"');
}

void Value<QDateTime>::write(ValueWriter &out, const QDateTime &value)
{
    if (!value.isValid()) {
        out.appendNull();
        return;
    }
    const QDateTime fixed = value.timeSpec() == Qt::UTC ? value : value.toOffsetFromUtc(value.offsetFromUtc());
    out.append(QCborKnownTags::DateTimeString);
    out.append(QStringView(fixed.toString(Qt::ISODateWithMs)));
}

bool Value<QDateTime>::read(ValueReader &in, QDateTime &value)
{
    value = {};
    if (in.takeNull())
        return true;
    QString text;
    if (!readTagged(in, quint64(QCborKnownTags::DateTimeString), text, &ValueReader::readText))
        return false;
    value = QDateTime::fromString(text, Qt::ISODateWithMs);
    return value.isValid() || in.refuse(u'"' + text.left(60) + u'"');
}

void Value<QJsonValue>::write(ValueWriter &out, const QJsonValue &value)
{
    writeJson(out, value);
}

bool Value<QJsonValue>::read(ValueReader &in, QJsonValue &value)
{
    return readJson(in, value);
}

void Value<QJsonObject>::write(ValueWriter &out, const QJsonObject &value)
{
    writeJson(out, value);
}

bool Value<QJsonObject>::read(ValueReader &in, QJsonObject &value)
{
    return readJsonAs(in, value, &QJsonValue::isObject,
                      static_cast<QJsonObject (QJsonValue::*)() const>(&QJsonValue::toObject));
}

void Value<QJsonArray>::write(ValueWriter &out, const QJsonArray &value)
{
    writeJson(out, value);
}

bool Value<QJsonArray>::read(ValueReader &in, QJsonArray &value)
{
    return readJsonAs(in, value, &QJsonValue::isArray,
                      static_cast<QJsonArray (QJsonValue::*)() const>(&QJsonValue::toArray));
}

void Value<QJsonDocument>::write(ValueWriter &out, const QJsonDocument &value)
{
    if (value.isNull())
        out.appendNull();
    else
        writeJson(out, value.isArray() ? QJsonValue(value.array()) : QJsonValue(value.object()));
}

bool Value<QJsonDocument>::read(ValueReader &in, QJsonDocument &value)
{
    QJsonValue any;
    if (!readJson(in, any))
        return false;
    value = any.isArray() ? QJsonDocument(any.toArray())
        : any.isObject()  ? QJsonDocument(any.toObject())
                          : QJsonDocument();
    return any.isArray() || any.isObject() || any.isNull() || in.refuse(QStringLiteral("other JSON"));
}

} // namespace drover
