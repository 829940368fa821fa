// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/spoolrecords.h"

#include "protocol/frame.h"
#include "protocol/message.h"
#include "protocol/messages/finishedack.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborValue>
#include <QtCore/QCryptographicHash>
#include <QtCore/QtEndian>

namespace drover {

namespace {

constexpr qint64 version = 1;
constexpr qsizetype sumSize = 8;
constexpr qsizetype headSize = 4 + sumSize;

QByteArray sumOf(QByteArrayView content)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(content);
    return hash.result().first(sumSize);
}

QByteArray framed(const QByteArray &content)
{
    QByteArray record(4, Qt::Uninitialized);
    qToLittleEndian(quint32(content.size()), record.data());
    return record + sumOf(content) + content;
}

template <Message M> QByteArray framed(const M &message)
{
    QByteArray content;
    encode(content, message);
    return framed(content);
}

//! The content of the record at the beginning of \a bytes; null when it is not whole.
QByteArrayView contentOf(QByteArrayView bytes)
{
    if (bytes.size() < headSize)
        return {};
    const qsizetype size = qFromLittleEndian<quint32>(bytes.data());
    if (size == 0 || size > bytes.size() - headSize)
        return {};
    const QByteArrayView content = bytes.sliced(headSize, size);
    return bytes.sliced(4, sumSize) == sumOf(content) ? content : QByteArrayView();
}

//! False when it is not to be understood, which ends the reading.
bool take(SpoolRecords &records, QByteArrayView content)
{
    const std::optional<RawMessage> raw = FrameReader(content).next();
    if (!raw)
        return false;
    if (raw->kind == Finished::kind) {
        const auto result = decode<Finished>(*raw);
        if (result)
            records.results.append({*result, headSize + content.size()});
        return result.has_value();
    }
    if (raw->kind != FinishedAck::kind)
        return false;
    const auto done = decode<FinishedAck>(*raw);
    if (!done)
        return false;
    records.results.removeIf([&](const SpoolRecords::Result &result) {
        return done->leases.contains(LeaseRef{result.finished.id, result.finished.token});
    });
    return true;
}

} // namespace

SpoolRecords SpoolRecords::readHeader(QByteArrayView file)
{
    SpoolRecords records;
    const QByteArrayView content = contentOf(file);
    const QCborArray fields = QCborValue::fromCbor(content.toByteArray()).toArray();
    if (fields.size() < 3 || fields[0].toInteger() != version)
        return records;
    records.broker = fields[1].toByteArray();
    records.worker = fields[2].toString();
    records.validSize = headSize + content.size();
    return records;
}

SpoolRecords SpoolRecords::read(QByteArrayView file)
{
    SpoolRecords records = readHeader(file);
    if (records.broker.isEmpty())
        return records;
    for (;;) {
        const QByteArrayView content = contentOf(file.sliced(records.validSize));
        if (content.isEmpty() || !take(records, content))
            return records;
        records.validSize += headSize + content.size();
    }
}

QByteArray SpoolRecords::header(const QByteArray &broker, const QString &worker)
{
    return framed(QCborValue(QCborArray{version, broker, worker}).toCbor());
}

QByteArray SpoolRecords::record(const Finished &result)
{
    return framed(result);
}

QByteArray SpoolRecords::acknowledgement(const LeaseRef &lease)
{
    FinishedAck done;
    done.leases.append(lease);
    return framed(done);
}

} // namespace drover
