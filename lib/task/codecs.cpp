// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/codecs.h"

#include "task/payload.h"

#include <QtCore/QCborValue>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace drover {

namespace {

Result<QByteArray> jsonToCbor(const QByteArray &text)
{
    // In an array, since QJsonDocument reads no lone scalars before Qt 6.9.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("malformed JSON: %1").arg(error.errorString()));
    return QCborValue::fromJsonValue(document.array().first()).toCbor();
}

} // namespace

void Codecs::add(const QString &name, Convert encode, Convert decode)
{
    m_codecs.insert(name, {std::move(encode), std::move(decode)});
}

Result<Payload> Codecs::wrap(const QString &name, const QByteArray &cbor) const
{
    if (name.isEmpty())
        return Payload::cbor(cbor);
    const auto codec = m_codecs.find(name);
    if (codec == m_codecs.end())
        return fail(ErrorCode::Unsupported, QStringLiteral("No codec named \"%1\" was added here.").arg(name));
    Result<QByteArray> bytes = codec->encode(cbor);
    if (!bytes)
        return fail(bytes.error());
    return Payload::named(name, *std::move(bytes));
}

Result<QByteArray> Codecs::unwrap(const Payload &payload) const
{
    Result<QByteArray> bytes = payload.inlineBytes();
    if (!bytes)
        return bytes;
    switch (payload.type()) {
    case ContentType::Cbor: return bytes;
    case ContentType::Json: return jsonToCbor(*bytes);
    case ContentType::Raw:
        return fail(ErrorCode::InvalidArgument, QStringLiteral("raw bytes where an encoded value is expected"));
    case ContentType::Named:
        if (const auto codec = m_codecs.find(payload.codec()); codec != m_codecs.end())
            return codec->decode(*bytes);
        return fail(ErrorCode::Unsupported,
                    QStringLiteral("No codec named \"%1\" was added here.").arg(payload.codec()));
    }
    return fail(ErrorCode::Unsupported, QStringLiteral("Content type %1 is not known here.").arg(int(payload.type())));
}

} // namespace drover
