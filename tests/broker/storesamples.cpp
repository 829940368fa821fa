// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "storesamples.h"

#include "broker/sqlite.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>
#include <QtCore/QtEndian>

namespace drover::testing {

TaskId sampleId(quint64 number)
{
    std::array<quint8, 16> bytes{};
    qToBigEndian(number, bytes.data());
    bytes[15] = 1;
    return TaskId(bytes);
}

StoredTask sampleTask(quint64 number, quint32 lane, quint64 turn)
{
    StoredTask task;
    task.submission.id = sampleId(number);
    task.submission.function = QStringLiteral("lab.add");
    task.submission.signatureHash = 0x123456789abcdef0u;
    task.submission.arguments = Payload::cbor(QByteArray("\x82\x01", 2) + char(number % 24));
    task.submission.summary = QStringLiteral("1, %1").arg(number);
    task.place = {lane, turn ? turn : number};
    task.lane = {QStringLiteral("queue %1").arg(lane), qint8(lane % 5), quint16(lane % 3),
                 QByteArray(32, char('a' + lane % 20))};
    task.ownerName = QStringLiteral("Zoë");
    task.client = sampleId(quint64(1) << 40 | lane);
    task.submitSeq = number;
    task.submittedMs = 4'000'000'000'000 + qint64(number);
    return task;
}

Delivery sampleLease(quint32 attempt)
{
    Delivery delivery;
    delivery.state = State::Received;
    delivery.attempt = attempt;
    delivery.failures = attempt - 1;
    delivery.lease =
        LeaseRecord{{7, attempt}, QByteArray(32, 'w'), QStringLiteral("bench"), sampleId(99), 4'000'000'000'500};
    for (quint32 number = 1; number < attempt; ++number)
        delivery.attempts.append({number,
                                  QStringLiteral("bench"),
                                  5,
                                  6,
                                  State::Failure,
                                  Error(Reason::Crashed, QStringLiteral("died")),
                                  {}});
    return delivery;
}

Ending sampleSuccess(quint32 attempt)
{
    return {State::Success,
            Payload::cbor(QByteArray("\x18\x2a", 2)),
            attempt,
            4'000'000'001'000,
            {{attempt, QStringLiteral("bench"), 4'000'000'000'600, 4'000'000'000'900, State::Success, {}, {}}}};
}

Ending sampleFailure(quint32 attempt)
{
    Error error(Reason::Exception, QStringLiteral("no such file"));
    error.setTypeName(QStringLiteral("std::runtime_error"))
        .setDetail(QStringLiteral("exitCode"), 3)
        .setTask(sampleId(1), attempt);
    return {State::Failure,
            Unexpected<Error>(error),
            attempt,
            4'000'000'001'000,
            {{attempt, QStringLiteral("bench"), 4'000'000'000'600, 4'000'000'000'900, State::Failure, error, {}}}};
}

void makeFormat1(const QString &path)
{
    Database(path).execute(
        "DROP TRIGGER blobs_of_history; DROP TRIGGER blobs_of_results; DROP TABLE blobs;"
        "DROP TABLE orphans; DROP TABLE queues; DROP TABLE batches; DROP INDEX history_until;"
        "ALTER TABLE history DROP COLUMN result_until_ms; UPDATE meta SET value = 1 WHERE name = 'format'");
}

bool Replies::committed(quint64 number)
{
    while (const std::optional<StoreReply> reply = any()) {
        if (std::holds_alternative<StoreFailed>(*reply))
            return false;
        const auto *committed = std::get_if<Committed>(&*reply);
        if (committed && committed->number >= number)
            return true;
    }
    return false;
}

std::optional<StoreReply> Replies::any()
{
    for (QDeadlineTimer deadline(20'000); m_replies.isEmpty() && !deadline.hasExpired(); QThread::yieldCurrentThread())
        m_replies = m_store.takeReplies();
    if (m_replies.isEmpty())
        return std::nullopt;
    return m_replies.takeFirst();
}

QString describe(const StoredTask &task)
{
    return QStringLiteral("%1 at %2/%3 %4 attempt %5")
        .arg(task.submission.id.toString())
        .arg(task.place.lane)
        .arg(task.place.turn)
        .arg(toString(task.delivery.state))
        .arg(task.delivery.attempt);
}

QStringList describe(const QList<StoredTask> &tasks)
{
    QStringList lines;
    for (const StoredTask &task : tasks)
        lines.append(describe(task));
    lines.sort();
    return lines;
}

} // namespace drover::testing
