// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobaccess.h"

namespace drover {

namespace {

std::optional<quint64> sizeIn(const Payload &value, const QByteArray &hash)
{
    for (const Segment &segment : value.segments()) {
        if (segment.kind == Segment::Blob && segment.bytes == hash)
            return segment.size;
    }
    return std::nullopt;
}

} // namespace

void BlobAccess::handle(SessionId from, const BlobGet &message)
{
    if (m_desk.workerOf(from))
        return serve(from, message);
    m_ownership.check(
        from, message.task, [this, from, message] { serve(from, message); },
        [this, from, message] { refuse(from, message); });
}

void BlobAccess::serve(SessionId from, const BlobGet &message)
{
    if (const LiveTask *task = m_desk.find(message.task))
        return serveFrom(from, message, task->stored.submission, task->ending ? &task->ending->outcome : nullptr);
    m_desk.lookups.find(message.task, [this, from, message](const TaskFound &found) {
        if (const auto *stored = std::get_if<StoredTask>(&found.task))
            serveFrom(from, message, stored->submission, nullptr);
        else if (const auto *finished = std::get_if<FinishedTask>(&found.task))
            serveFrom(from, message, finished->task.submission, &finished->ending.outcome);
        else
            refuse(from, message);
    });
}

void BlobAccess::serveFrom(SessionId from, const BlobGet &message, const Submission &submission, const Outcome *outcome)
{
    const bool worker = m_desk.workerOf(from);
    std::optional<quint64> size;
    if (!worker || isLeased(from, submission.id))
        size = sizeIn(submission.arguments, message.hash);
    const bool mayResult = !worker || (submission.parent && isLeased(from, submission.parent->task));
    if (!size && mayResult && outcome && *outcome)
        size = sizeIn(**outcome, message.hash);
    if (size)
        m_desk.effects.serve(from, message, *size);
    else
        refuse(from, message);
}

bool BlobAccess::isLeased(SessionId from, const TaskId &id) const
{
    const LiveTask *task = m_desk.find(id);
    return task && task->worker && task->worker->session == from;
}

void BlobAccess::refuse(SessionId from, const BlobGet &message)
{
    BlobData answer;
    answer.number = message.number;
    answer.offset = message.offset;
    answer.error =
        Error(ErrorCode::NotFound,
              QStringLiteral("The task %1 has no such large value, or not for this key.").arg(message.task.toString()));
    m_desk.effects.send(from, std::move(answer));
}

} // namespace drover
