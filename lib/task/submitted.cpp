// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/submitted.h"

namespace drover {

namespace {

Error withCallerSignature(Error error, const PendingTask &task)
{
    if (error.reason() != Reason::Rejected || !task.callerSignature
        || !error.details().contains(QStringLiteral("workerSignature"))) {
        return error;
    }
    const QString own = task.callerSignature();
    const QString message = QStringLiteral("%1 The caller's is: %2.").arg(error.message(), own);
    return error.setMessage(message).setDetail(QStringLiteral("callerSignature"), own);
}

} // namespace

RawResult RawResult::of(const PendingTask &task)
{
    if (!task.isFinished())
        return {fail(ErrorCode::Unavailable, QStringLiteral("The task is not finished.")), false};
    if (!task.outcome())
        return {fail(withCallerSignature(task.outcome().error(), task)), false};
    const Payload &payload = *task.outcome();
    if (payload.type() == ContentType::Raw)
        return {payload.inlineBytes(), true};
    return {task.codecs ? task.codecs->unwrap(payload) : Codecs().unwrap(payload), false};
}

} // namespace drover
