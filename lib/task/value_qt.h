// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/id.h"
#include "task/value_scalars.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

namespace drover {

template <> struct DROVER_CORE_EXPORT Value<QString>
{
    static QString type() { return QStringLiteral("string"); }
    static void write(ValueWriter &out, const QString &value);
    static bool read(ValueReader &in, QString &value);
};

template <> struct DROVER_CORE_EXPORT Value<QByteArray>
{
    static QString type() { return QStringLiteral("bytes"); }
    static void write(ValueWriter &out, const QByteArray &value);
    static bool read(ValueReader &in, QByteArray &value);
};

template <> struct DROVER_CORE_EXPORT Value<QUuid>
{
    static QString type() { return QStringLiteral("uuid"); }
    static void write(ValueWriter &out, const QUuid &value);
    static bool read(ValueReader &in, QUuid &value);
};

template <> struct DROVER_CORE_EXPORT Value<Id>
{
    static QString type() { return QStringLiteral("uuid"); }
    static void write(ValueWriter &out, const Id &value);
    static bool read(ValueReader &in, Id &value);
};

template <> struct DROVER_CORE_EXPORT Value<QUrl>
{
    static QString type() { return QStringLiteral("url"); }
    static void write(ValueWriter &out, const QUrl &value);
    static bool read(ValueReader &in, QUrl &value);
};

//! A moment with milliseconds and its offset from UTC; the name of a time zone is lost.
template <> struct DROVER_CORE_EXPORT Value<QDateTime>
{
    static QString type() { return QStringLiteral("datetime"); }
    static void write(ValueWriter &out, const QDateTime &value);
    static bool read(ValueReader &in, QDateTime &value);
};

template <> struct DROVER_CORE_EXPORT Value<QJsonValue>
{
    static QString type() { return QStringLiteral("json"); }
    static void write(ValueWriter &out, const QJsonValue &value);
    static bool read(ValueReader &in, QJsonValue &value);
};

template <> struct DROVER_CORE_EXPORT Value<QJsonObject>
{
    static QString type() { return QStringLiteral("json"); }
    static void write(ValueWriter &out, const QJsonObject &value);
    static bool read(ValueReader &in, QJsonObject &value);
};

template <> struct DROVER_CORE_EXPORT Value<QJsonArray>
{
    static QString type() { return QStringLiteral("json"); }
    static void write(ValueWriter &out, const QJsonArray &value);
    static bool read(ValueReader &in, QJsonArray &value);
};

template <> struct DROVER_CORE_EXPORT Value<QJsonDocument>
{
    static QString type() { return QStringLiteral("json"); }
    static void write(ValueWriter &out, const QJsonDocument &value);
    static bool read(ValueReader &in, QJsonDocument &value);
};

//! Any value without its C++ type: integers come back as qlonglong (qulonglong above its range), lists as QVariantList,
//! maps as QVariantMap, null as an invalid QVariant. Holding a type that cannot travel is an error of the caller.
template <> struct DROVER_CORE_EXPORT Value<QVariant>
{
    static QString type() { return QStringLiteral("any"); }
    static void write(ValueWriter &out, const QVariant &value);
    static bool read(ValueReader &in, QVariant &value);
};

} // namespace drover
