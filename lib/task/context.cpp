// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/context.h"

namespace drover {

void ContextPort::startWaited(Submission submission, std::shared_ptr<WaitedTask> task)
{
    const std::shared_ptr<PendingTask> pending = start(std::move(submission));
    task->accept(pending->id());
    if (pending->isFinished())
        return void(task->complete(pending->outcome(), true));
    pending->cancel();
    task->abandon(Error(ErrorCode::Unsupported,
                        QStringLiteral("A task that runs in the thread which waits for it must not wait itself")));
}

//! Children for threads that wait.
class Context::Blocking final : public BlockingCaller
{
public:
    explicit Blocking(Context &context) : m_context(context) {}

protected:
    void start(Submission submission, std::shared_ptr<WaitedTask> task) override
    {
        m_context.m_port->startWaited(m_context.childOf(std::move(submission)), std::move(task));
    }

private:
    Context &m_context;
};

Context::Context(TaskId id, quint64 epoch, quint32 attempt, std::shared_ptr<ContextPort> port, std::stop_token stop)
    : m_id(id), m_epoch(epoch), m_attempt(attempt), m_port(std::move(port)), m_stop(std::move(stop))
{}

Context::~Context() = default;

void Context::progress(double done, double total, const QString &text)
{
    report(StreamItem::Progress, Progress{done, total, text}.toData());
}

void Context::log(QAnyStringView text)
{
    report(StreamItem::Log, text.toString().toUtf8());
}

std::shared_ptr<PendingTask> Context::start(Submission submission)
{
    return m_port->start(childOf(std::move(submission)));
}

Submission Context::childOf(Submission submission)
{
    submission.parent = Parent{m_id, m_epoch, m_attempt, ++m_calls};
    return submission;
}

BlockingCaller &Context::blocking()
{
    std::call_once(m_asked, [this] { m_blocking = std::make_unique<Blocking>(*this); });
    return *m_blocking;
}

void Context::report(StreamItem::Kind kind, QByteArray data)
{
    m_port->report({0, kind, std::move(data)});
}

} // namespace drover
