// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/shell.h"
#include "task/codecs.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace drover::cli {

namespace {

QJsonValue timeOf(qint64 ms)
{
    return ms ? QJsonValue(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject toJson(const AttemptInfo &attempt)
{
    QJsonObject object{{QStringLiteral("number"), qint64(attempt.number)},
                       {QStringLiteral("worker"), attempt.worker},
                       {QStringLiteral("state"), toString(attempt.state)},
                       {QStringLiteral("started"), timeOf(attempt.startedMs)},
                       {QStringLiteral("finished"), timeOf(attempt.finishedMs)}};
    if (attempt.error.code() != ErrorCode::None)
        object.insert(QStringLiteral("error"), cli::toJson(attempt.error));
    return object;
}

QJsonObject toJson(const OrphanInfo &orphan)
{
    QJsonObject object{{QStringLiteral("attempt"), qint64(orphan.attempt)},
                       {QStringLiteral("worker"), orphan.worker},
                       {QStringLiteral("received"), timeOf(orphan.receivedMs)},
                       {QStringLiteral("ok"), orphan.ok},
                       {QStringLiteral("size"), qint64(orphan.size)}};
    const Result<QByteArray> bytes = Codecs().unwrap(orphan.value);
    const Result<QVariant> value = bytes ? decodeValue<QVariant>(*bytes) : fail(bytes.error());
    if (orphan.ok && value)
        object.insert(QStringLiteral("value"), cli::toJson(*value));
    if (!orphan.ok)
        object.insert(QStringLiteral("error"), cli::toJson(orphan.error));
    return object;
}

} // namespace

QJsonValue toJson(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        const QString text = QString::fromUtf8(bytes);
        return text.toUtf8() == bytes ? text : QString::fromLatin1("base64:" + bytes.toBase64());
    }
    case QMetaType::QVariantList: {
        QJsonArray array;
        for (const QVariant &item : value.toList())
            array.append(toJson(item));
        return array;
    }
    case QMetaType::QVariantMap: {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), toJson(it.value()));
        return object;
    }
    default: return QJsonValue::fromVariant(value);
    }
}

QString toText(const QVariant &value)
{
    const QJsonValue json = toJson(value);
    if (json.isString())
        return json.toString();
    if (json.isObject() || json.isArray())
        return QString::fromUtf8((json.isObject() ? QJsonDocument(json.toObject()) : QJsonDocument(json.toArray()))
                                     .toJson(QJsonDocument::Compact));
    return json.isNull() ? QString() : json.toVariant().toString();
}

QJsonObject toJson(const Error &error)
{
    QJsonObject object{{QStringLiteral("code"), toString(error.code())}, {QStringLiteral("message"), error.message()}};
    if (error.reason() != Reason::None)
        object.insert(QStringLiteral("reason"), toString(error.reason()));
    if (!error.typeName().isEmpty())
        object.insert(QStringLiteral("type"), error.typeName());
    if (!error.details().isEmpty())
        object.insert(QStringLiteral("details"), toJson(QVariant(error.details())));
    object.insert(QStringLiteral("transient"), error.isTransient());
    return object;
}

QJsonObject toJson(const TaskInfo &task)
{
    QJsonArray attempts;
    for (const AttemptInfo &attempt : task.attempts)
        attempts.append(toJson(attempt));
    QJsonObject object{{QStringLiteral("id"), task.id.toString()},
                       {QStringLiteral("function"), task.function},
                       {QStringLiteral("arguments"), task.summary},
                       {QStringLiteral("queue"), task.queue},
                       {QStringLiteral("owner"), task.owner},
                       {QStringLiteral("state"), toString(task.state)},
                       {QStringLiteral("attempt"), qint64(task.attempt)},
                       {QStringLiteral("worker"), task.worker},
                       {QStringLiteral("priority"), task.priority},
                       {QStringLiteral("submitted"), timeOf(task.submittedMs)},
                       {QStringLiteral("started"), timeOf(task.startedMs)},
                       {QStringLiteral("finished"), timeOf(task.finishedMs)},
                       {QStringLiteral("attempts"), attempts}};
    if (task.reason != Reason::None)
        object.insert(QStringLiteral("reason"), toString(task.reason));
    if (task.asked != Asked::Nothing)
        object.insert(QStringLiteral("asked"), toString(task.asked));
    QJsonArray orphans;
    for (const OrphanInfo &orphan : task.orphans)
        orphans.append(toJson(orphan));
    if (!orphans.isEmpty())
        object.insert(QStringLiteral("orphans"), orphans);
    if (!task.parent.isNull())
        object.insert(QStringLiteral("parent"), task.parent.toString());
    if (task.error.code() != ErrorCode::None)
        object.insert(QStringLiteral("error"), toJson(task.error));
    if (!task.why.isEmpty())
        object.insert(QStringLiteral("why"), task.why);
    return object;
}

} // namespace drover::cli
