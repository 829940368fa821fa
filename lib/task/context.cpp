// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/context.h"

namespace drover {

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
    submission.parent = Parent{m_id, m_epoch, m_attempt, ++m_calls};
    return m_port->start(std::move(submission));
}

void Context::report(StreamItem::Kind kind, QByteArray data)
{
    m_port->report({0, kind, std::move(data)});
}

} // namespace drover
