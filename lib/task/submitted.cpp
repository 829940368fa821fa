// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/submitted.h"

namespace drover {

namespace {

Error withCallerSignature(Error error, const std::function<QString()> &signature)
{
    if (error.reason() != Reason::Rejected || !signature
        || !error.details().contains(QStringLiteral("workerSignature"))) {
        return error;
    }
    const QString own = signature();
    const QString message = QStringLiteral("%1 The caller's is: %2.").arg(error.message(), own);
    return error.setMessage(message).setDetail(QStringLiteral("callerSignature"), own);
}

} // namespace

RawResult RawResult::of(const PendingTask &task)
{
    if (!task.isFinished())
        return {fail(ErrorCode::Unavailable, QStringLiteral("The task is not finished.")), false};
    return of(task.outcome(), task.codecs.get(), task.callerSignature);
}

RawResult RawResult::of(const Outcome &outcome, const Codecs *codecs, const std::function<QString()> &signature)
{
    if (!outcome)
        return {fail(withCallerSignature(outcome.error(), signature)), false};
    if (outcome->type() == ContentType::Raw)
        return {outcome->inlineBytes(), true};
    return {codecs ? codecs->unwrap(*outcome) : Codecs().unwrap(*outcome), false};
}

} // namespace drover
