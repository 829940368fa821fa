// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/attemptport.h"

namespace drover {

AttemptPort::AttemptPort(HostWriter &writer, HostInbox &inbox, LeaseRef attempt, std::atomic<quint64> &submits)
    : m_writer(writer), m_inbox(inbox), m_attempt(attempt), m_submits(submits)
{}

void AttemptPort::report(StreamItem item)
{
    if (m_closed)
        return;
    if (item.data.size() > maxInlineValue) {
        const QString text = QStringLiteral("An item of %1 bytes could not be emitted; one has at most %2.");
        item = {0, StreamItem::Log, text.arg(item.data.size()).arg(maxInlineValue).toUtf8()};
    }
    if (!m_inbox.gate().isOpen())
        m_writer.flush();
    m_inbox.gate().pass(item);
    const std::lock_guard lock(m_reporting);
    item.seq = ++m_items;
    StreamItems message;
    message.id = m_attempt.id;
    message.attempt = m_attempt.token.attempt;
    message.items.append(std::move(item));
    m_writer.append(message);
    m_writer.flush();
}

Result<void> AttemptPort::checkSize(const Submission &submission)
{
    if (submission.arguments.size() <= maxInlineValue)
        return {};
    return fail(ErrorCode::TooLarge,
                QStringLiteral("The arguments of %1 have %2 bytes; a running task submits at most %3.")
                    .arg(submission.function)
                    .arg(submission.arguments.size())
                    .arg(maxInlineValue));
}

Submit AttemptPort::submitOf(Submission submission)
{
    Submit message;
    message.seq = ++m_submits;
    message.id = submission.id;
    message.function = std::move(submission.function);
    message.signatureHash = submission.signatureHash;
    message.arguments = std::move(submission.arguments);
    message.summary = std::move(submission.summary);
    message.options = std::move(submission.options);
    message.parent = submission.parent;
    return message;
}

std::shared_ptr<PendingTask> AttemptPort::start(Submission submission)
{
    auto task = std::make_shared<PendingTask>(submission.id);
    if (m_closed) {
        task->abandon(Error(ErrorCode::ClientClosed, QStringLiteral("The task that submits this has ended")));
        return task;
    }
    if (const Result<void> fits = checkSize(submission); !fits) {
        task->accept(fits);
        return task;
    }
    task->cancelRequested = [this, id = submission.id] {
        if (!m_closed)
            m_writer.append(Cancel{0, id});
    };
    const Submit message = submitOf(std::move(submission));
    m_children.insert(message.id, task);
    m_submitted.insert(message.seq, task);
    m_writer.append(message);
    return task;
}

void AttemptPort::startWaited(Submission submission, std::shared_ptr<WaitedTask> task)
{
    if (const Result<void> fits = checkSize(submission); !fits)
        return void(task->abandon(fits.error()));
    m_inbox.childWaits().start(m_attempt, submitOf(std::move(submission)), std::move(task));
}

void AttemptPort::handle(const HostAnswer &answer)
{
    std::visit([this](const auto &message) { handle(message); }, answer);
}

void AttemptPort::handle(const Accepted &message)
{
    for (const SeqRange &range : message.ranges) {
        for (quint64 seq = range.first; seq <= range.last; ++seq) {
            if (const auto task = m_submitted.take(seq))
                task->accept();
        }
    }
}

void AttemptPort::handle(const SubmitRefused &message)
{
    m_submitted.remove(message.seq);
    if (const auto task = m_children.take(message.id)) {
        task->accept(fail(message.error));
        complete(task, fail(message.error), true);
    }
}

void AttemptPort::handle(const Duplicate &message)
{
    m_submitted.remove(message.seq);
    if (const auto task = m_children.take(message.id)) {
        m_children.insert(message.existing, task);
        task->accept();
    }
}

void AttemptPort::handle(const TaskResult &message)
{
    if (const auto task = m_children.take(message.id))
        complete(task, message.ok ? Outcome(message.value) : Outcome(fail(message.error)), message.settled);
}

void AttemptPort::complete(const std::shared_ptr<PendingTask> &task, Outcome outcome, bool settled)
{
    m_inbox.lending().answered(0);
    task->complete(std::move(outcome), settled);
}

void AttemptPort::suspended()
{
    if (!m_closed && !m_children.isEmpty())
        m_inbox.lending().suspended();
}

// Who awaits tasks looks at no stop token: the wait itself ends. The broker cancels the children when this one has ended.
void AttemptPort::handle(const Stop &message)
{
    if (m_attempt != LeaseRef{message.id, message.token})
        return;
    m_inbox.lending().answered(0);
    abandonChildren(Error(ErrorCode::Revoked, QStringLiteral("The task that awaits this was asked to stop"))
                        .setReason(Reason::User));
}

void AttemptPort::close()
{
    m_closed = true;
    abandonChildren(Error(ErrorCode::ClientClosed, QStringLiteral("The task that submitted this has ended")));
}

void AttemptPort::abandonChildren(const Error &why)
{
    m_submitted.clear();
    for (const auto &task : std::exchange(m_children, {})) {
        task->cancelRequested = nullptr;
        task->abandon(why);
    }
}

} // namespace drover
