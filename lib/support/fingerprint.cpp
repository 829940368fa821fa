// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/fingerprint.h"

namespace drover {

namespace {

constexpr qsizetype fingerprintDigits = 2 * fingerprintSize;

bool isGrouping(QChar c)
{
    return c.isSpace() || c == u':' || c == u'-';
}

Result<QString> plainDigits(QStringView text)
{
    QString digits;
    for (const QChar c : text) {
        const QChar lower = c.toLower();
        if ((lower >= u'0' && lower <= u'9') || (lower >= u'a' && lower <= u'f'))
            digits += lower;
        else if (!isGrouping(c))
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("A fingerprint consists of hex digits; \"%1\" is none.").arg(c));
        if (digits.size() > fingerprintDigits)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("A fingerprint has %1 hex digits; this one has more.").arg(fingerprintDigits));
    }
    return digits;
}

} // namespace

QString fingerprintText(QByteArrayView fingerprint)
{
    const QByteArray hex = QByteArray::fromRawData(fingerprint.data(), fingerprint.size()).toHex();
    QStringList groups;
    for (qsizetype i = 0; i < hex.size(); i += 4)
        groups += QString::fromLatin1(hex.mid(i, 4));
    return groups.join(u' ');
}

Result<QByteArray> fingerprintFromText(QStringView text)
{
    const Result<QString> digits = plainDigits(text);
    if (!digits)
        return fail(digits.error());
    if (digits->size() != fingerprintDigits)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A fingerprint has %1 hex digits; this one has %2.")
                        .arg(fingerprintDigits)
                        .arg(digits->size()));
    return QByteArray::fromHex(digits->toLatin1());
}

Result<QString> fingerprintPrefixFromText(QStringView text)
{
    Result<QString> digits = plainDigits(text);
    if (digits && digits->size() < fingerprintPrefixDigits)
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("Give at least the first %1 hex digits of the fingerprint.").arg(fingerprintPrefixDigits));
    return digits;
}

} // namespace drover
