// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storekeys.h"

#include "broker/store.h"
#include "protocol/payloadcodec.h"

#include <QtCore/QCryptographicHash>

namespace drover {

namespace {

constexpr char childMark = 1;
constexpr char namedMark = 2;

QByteArray sha256(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

QByteArray childKeyPrefix(const TaskId &parent)
{
    QByteArray key(1, childMark);
    key.append(parent.view());
    return key;
}

std::optional<TaskId> parentOfKey(QByteArrayView key)
{
    if (key.size() != 21 || key.front() != childMark)
        return std::nullopt;
    return TaskId::fromBytes(key.sliced(1, 16));
}

QByteArray idempotencyKey(const Submission &submission, const QByteArray &owner)
{
    if (!submission.options.idempotencyKey().isEmpty()) {
        QByteArray text;
        {
            CborWriter writer(text);
            writer.bytes(owner);
            writer.text(submission.function);
            writer.text(submission.options.idempotencyKey());
        }
        return sha256(text).prepend(namedMark);
    }
    if (!submission.parent)
        return {};
    QByteArray key = childKeyPrefix(submission.parent->task);
    for (int shift = 24; shift >= 0; shift -= 8)
        key.append(char(submission.parent->callNumber >> shift));
    return key;
}

QByteArray argumentsDigest(const Submission &submission)
{
    QByteArray text;
    {
        CborWriter writer(text);
        writer.text(submission.function);
        Codec<Payload>::write(writer, submission.arguments);
    }
    return sha256(text);
}

} // namespace drover
