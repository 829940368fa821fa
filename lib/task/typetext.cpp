// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/typetext.h"

#include <QtCore/QCborValue>
#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

#include <limits>

namespace drover {

namespace {

//! `map<string,list<int>>`, taken apart; the fields of a gadget have names.
struct Type
{
    QString name;
    QList<Type> inner;
    QStringList fields;
};

class TypeParser
{
public:
    explicit TypeParser(QStringView text) : m_text(text) {}

    Type parse(int depth = 0)
    {
        Type type;
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && !QStringView(u"<>{},").contains(m_text[m_at]))
            ++m_at;
        type.name = m_text.mid(begin, m_at - begin).toString();
        if (depth < 64 && (take(u'<') || take(u'{')))
            parseInner(type, m_text[m_at - 1] == u'{', depth);
        return type;
    }

private:
    void parseInner(Type &type, bool named, int depth)
    {
        do {
            if (named) {
                const qsizetype colon = m_text.indexOf(u':', m_at);
                if (colon < 0)
                    break;
                type.fields.append(m_text.mid(m_at, colon - m_at).toString());
                m_at = colon + 1;
            }
            type.inner.append(parse(depth + 1));
        } while (take(u','));
        m_at += m_at < m_text.size();
    }
    bool take(QChar c)
    {
        const bool found = m_at < m_text.size() && m_text[m_at] == c;
        m_at += found;
        return found;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

using Fitted = std::optional<QVariant>;

Fitted fit(const Type &type, const QVariant &value);

bool isWhole(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong: return true;
    case QMetaType::Double: // JSON has only these
        return value.toDouble() == double(qint64(value.toDouble())) && qAbs(value.toDouble()) < 9007199254740992.0;
    default: return (value.metaType().flags() & QMetaType::IsEnumeration) != 0;
    }
}

Fitted fitInteger(const QVariant &value, bool isSigned, int bits)
{
    if (!isWhole(value))
        return std::nullopt;
    const bool huge =
        value.typeId() == QMetaType::ULongLong && value.toULongLong() > quint64(std::numeric_limits<qint64>::max());
    if (huge)
        return !isSigned && bits == 64 ? Fitted(value) : std::nullopt;
    const qint64 number = value.toLongLong();
    const qint64 greatest =
        bits == 64 ? std::numeric_limits<qint64>::max() : (qint64(1) << (isSigned ? bits - 1 : bits)) - 1;
    const qint64 least = isSigned ? -greatest - 1 : 0;
    return number < least || number > greatest ? std::nullopt : Fitted(QVariant(qlonglong(number)));
}

template <typename T, typename FromText> Fitted fitOrRead(const QVariant &value, FromText fromText)
{
    if (value.metaType() == QMetaType::fromType<T>())
        return value;
    if (value.typeId() != QMetaType::QString)
        return std::nullopt;
    const std::optional<T> read = fromText(value.toString());
    return read ? Fitted(QVariant::fromValue(*read)) : std::nullopt;
}

Fitted fitScalar(const QString &type, const QVariant &value)
{
    static const QRegularExpression integer(QStringLiteral("^(u?)int(8|16|64|)$"));
    if (const auto match = integer.match(type); match.hasMatch()) {
        const int bits = match.captured(2).isEmpty() ? 32 : match.captured(2).toInt();
        return fitInteger(value, match.captured(1).isEmpty(), bits);
    }
    if (type == u"enum" || type == u"duration")
        return fitInteger(value, true, 64);
    if (type == u"bool")
        return value.typeId() == QMetaType::Bool ? Fitted(value) : std::nullopt;
    if (type == u"double" || type == u"float")
        return isWhole(value) || value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Float
            ? Fitted(value.toDouble())
            : std::nullopt;
    if (type == u"string")
        return value.typeId() == QMetaType::QString ? Fitted(value) : std::nullopt;
    if (type == u"bytes")
        return fitOrRead<QByteArray>(value, [](const QString &text) { return std::optional(text.toUtf8()); });
    if (type == u"uuid")
        return fitOrRead<QUuid>(value, [](const QString &text) {
            const QUuid uuid(text);
            return uuid.isNull() && text != QUuid().toString(QUuid::WithoutBraces) ? std::nullopt : std::optional(uuid);
        });
    if (type == u"url")
        return fitOrRead<QUrl>(value, [](const QString &text) {
            const QUrl url(text, QUrl::StrictMode);
            return url.isValid() || text.isEmpty() ? std::optional(url) : std::nullopt;
        });
    if (type == u"datetime")
        return fitOrRead<QDateTime>(value, [](const QString &text) {
            const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
            return time.isValid() ? std::optional(time) : std::nullopt;
        });
    if (type == u"void")
        return value.isNull() ? Fitted(QVariant()) : std::nullopt;
    return value; // any, json, and types that only their owners know
}

Fitted fitList(const QVariant &value, const std::function<const Type *(qsizetype)> &typeAt, qsizetype size)
{
    if (!value.canConvert<QVariantList>() || value.typeId() == QMetaType::QString
        || value.typeId() == QMetaType::QByteArray)
        return std::nullopt;
    QVariantList items = value.toList();
    if (size >= 0 && items.size() != size)
        return std::nullopt;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Fitted item = fit(*typeAt(i), items.at(i));
        if (!item)
            return std::nullopt;
        items[i] = *item;
    }
    return QVariant(items);
}

Fitted fitMap(const QVariant &value, const std::function<const Type *(const QString &)> &typeOf)
{
    if (!value.canConvert<QVariantMap>())
        return std::nullopt;
    QVariantMap map = value.toMap();
    for (auto it = map.begin(); it != map.end(); ++it) {
        const Type *type = typeOf(it.key());
        const Fitted item = type ? fit(*type, it.value()) : std::nullopt;
        if (!item)
            return std::nullopt;
        it.value() = *item;
    }
    return QVariant(map);
}

Fitted fitVariant(const Type &type, const QVariant &value)
{
    for (qsizetype i = 0; i < type.inner.size(); ++i) {
        if (const Fitted item = fit(type.inner.at(i), value))
            return QVariant(QVariantList{qlonglong(i), *item});
    }
    return std::nullopt;
}

Fitted fit(const Type &type, const QVariant &value)
{
    if (type.inner.isEmpty())
        return fitScalar(type.name, value);
    if (type.name == u"optional")
        return value.isNull() ? Fitted(QVariant()) : fit(type.inner.first(), value);
    if (type.name == u"list")
        return fitList(
            value, [&](qsizetype) { return &type.inner.first(); }, -1);
    if (type.name == u"tuple")
        return fitList(
            value, [&](qsizetype i) { return &type.inner.at(i); }, type.inner.size());
    if (type.name == u"map")
        return fitMap(value, [&](const QString &) { return &type.inner.last(); });
    if (type.name == u"variant")
        return fitVariant(type, value);
    return fitMap(value, [&](const QString &name) {
        const qsizetype index = type.fields.indexOf(name);
        return index < 0 ? nullptr : &type.inner.at(index);
    });
}

std::optional<QVariant> durationFromText(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(-?[0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|min|h|d)$"));
    static const QHash<QString, double> units{{QStringLiteral("ns"), 1},     {QStringLiteral("us"), 1e3},
                                              {QStringLiteral("ms"), 1e6},   {QStringLiteral("s"), 1e9},
                                              {QStringLiteral("m"), 60e9},   {QStringLiteral("min"), 60e9},
                                              {QStringLiteral("h"), 3600e9}, {QStringLiteral("d"), 86400e9}};
    const auto match = form.match(text);
    const double count = match.hasMatch() ? match.captured(1).toDouble() * units.value(match.captured(2)) : 1e300;
    return qAbs(count) < 9.2e18 ? std::optional(QVariant(qlonglong(qRound64(count)))) : std::nullopt;
}

Fitted fitText(const Type &type, const QString &text)
{
    static const QStringList textual{QStringLiteral("string"), QStringLiteral("bytes"), QStringLiteral("uuid"),
                                     QStringLiteral("url"), QStringLiteral("datetime")};
    if (textual.contains(type.name))
        return fitScalar(type.name, text);
    if (type.name == u"duration") {
        if (const auto duration = durationFromText(text))
            return duration;
        return std::nullopt;
    }
    if (type.name == u"uint64") { // QJsonDocument makes doubles of the upper half
        bool ok = false;
        const quint64 number = text.toULongLong(&ok);
        return ok ? Fitted(QVariant(qulonglong(number))) : std::nullopt;
    }
    if (type.name == u"optional")
        return text == u"null" ? Fitted(QVariant()) : fitText(type.inner.first(), text);
    if (type.name == u"variant") {
        for (qsizetype i = 0; i < type.inner.size(); ++i) {
            if (const Fitted item = fitText(type.inner.at(i), text))
                return QVariant(QVariantList{qlonglong(i), *item});
        }
        return std::nullopt;
    }
    const std::optional<QVariant> json = variantFromJson(text);
    if (!json)
        return type.name == u"any" ? Fitted(text) : std::nullopt;
    return fit(type, *json);
}

Unexpected<Error> refuse(const QString &type, const QString &got)
{
    return fail(ErrorCode::InvalidArgument, QStringLiteral("is %1, got %2").arg(type, got));
}

} // namespace

Result<QVariant> fitValue(const QString &type, const QVariant &value)
{
    const Fitted fitted = fit(TypeParser(type).parse(), value);
    if (!fitted)
        return refuse(type, jsonText(value));
    return *fitted;
}

Result<void> checkValue(const QString &type, const QVariant &value)
{
    const Result<QVariant> fitted = fitValue(type, value);
    return fitted ? Result<void>() : fail(fitted.error());
}

Result<QVariant> convertText(const QString &type, const QString &text)
{
    const Fitted fitted = fitText(TypeParser(type).parse(), text);
    if (!fitted)
        return refuse(type, u'"' + text + u'"');
    return *fitted;
}

QString jsonText(const QVariant &value)
{
    const QJsonArray holder{QCborValue::fromVariant(value).toJsonValue()};
    const QByteArray text = QJsonDocument(holder).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.sliced(1, text.size() - 2));
}

std::optional<QVariant> variantFromJson(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text.toUtf8() + ']');
    if (document.array().size() != 1)
        return std::nullopt;
    return QCborValue::fromJsonValue(document.array().first()).toVariant();
}

} // namespace drover
