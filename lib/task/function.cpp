// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/function.h"

#include "task/typetext.h"

namespace drover {

Error missingArgument(const QString &function, const QString &parameter, const QString &type)
{
    return Error(ErrorCode::InvalidArgument,
                 QStringLiteral("%1: parameter '%2' (%3) is missing and has no default").arg(function, parameter, type))
        .setDetail(QStringLiteral("parameter"), parameter);
}

Error unfitArgument(const QString &function, const QString &parameter, const QString &type, const QString &got)
{
    return Error(ErrorCode::InvalidArgument,
                 QStringLiteral("%1: parameter '%2' is %3, got %4").arg(function, parameter, type, got))
        .setDetail(QStringLiteral("parameter"), parameter);
}

Error tooManyArguments(const QString &function, qsizetype most)
{
    return Error(ErrorCode::InvalidArgument,
                 QStringLiteral("%1: takes at most %2 arguments, got more").arg(function).arg(most));
}

Error notRaw(const QString &function)
{
    return Error(
        Reason::Rejected,
        QStringLiteral("%1: raw bytes fit only a function with one parameter, of the type bytes").arg(function));
}

QString defaultText(const Result<QByteArray> &encoded)
{
    if (!encoded)
        return QStringLiteral("null");
    const Result<QVariant> value = decodeValue<QVariant>(*encoded);
    return value ? jsonText(*value) : QStringLiteral("null");
}

} // namespace drover
