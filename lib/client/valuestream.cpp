// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/valuestream.h"

#include "client/taskhandle.h"

namespace drover {

ValueStream::Awaiter::~Awaiter()
{
    if (m_waiting)
        std::erase(m_stream->m_waiting, this);
}

void ValueStream::Awaiter::await_suspend(std::coroutine_handle<> coroutine)
{
    m_coroutine = coroutine;
    m_waiting = true;
    m_stream->m_waiting.push_back(this);
}

void ValueStream::received(quint32 attempt, const QList<StreamItem> &items, bool end)
{
    if (m_ended)
        return;
    if (attempt != m_attempt)
        newAttempt(attempt);
    for (const StreamItem &received : items)
        item(received);
    if (end && m_again < m_expected)
        complain(ErrorCode::Conflict,
                 TaskHandle::tr("Attempt %1 of the task gave fewer values than the one before.").arg(m_attempt));
    m_ended = end;
    serve();
}

void ValueStream::fail(const Error &error)
{
    if (std::exchange(m_ended, true))
        return;
    m_end = error;
    serve();
}

void ValueStream::newAttempt(quint32 attempt)
{
    const bool first = m_attempt == 0;
    m_attempt = attempt;
    m_nextSeq = 1;
    if (first)
        return;
    m_again = 0;
    m_againHash = 0;
    m_expected = m_count;
    if (!std::exchange(m_gap, false))
        return;
    m_count = m_expected = 0;
    m_hash = 0;
    complain(ErrorCode::Conflict,
             TaskHandle::tr("Attempt %1 of the task gives its values from the first one on, some of them again.")
                 .arg(attempt));
}

void ValueStream::item(const StreamItem &item)
{
    if (item.seq < m_nextSeq)
        return; // another reader of this client asked for it again
    if (item.kind == StreamItem::Lost)
        lost(item.data);
    else if (item.seq > m_nextSeq)
        lost(QByteArray::number(item.seq - m_nextSeq));
    m_nextSeq = item.seq + 1;
    if (item.kind == StreamItem::Value)
        value(item.data);
}

void ValueStream::value(const QByteArray &data)
{
    if (m_again < m_expected) {
        m_againHash = qHashBits(data.constData(), size_t(data.size()), m_againHash);
        if (++m_again == m_expected && m_againHash != m_hash) {
            m_hash = m_againHash;
            complain(ErrorCode::Conflict,
                     TaskHandle::tr("Attempt %1 of the task gave other values than the one before.").arg(m_attempt));
        }
        return;
    }
    ++m_count;
    m_hash = qHashBits(data.constData(), size_t(data.size()), m_hash);
    push(data);
}

void ValueStream::lost(const QByteArray &number)
{
    m_gap = true;
    m_expected = m_again;
    const int count = number.toInt();
    complain(ErrorCode::Expired,
             count > 0 ? TaskHandle::tr("%n piece(s) of what the task told were dropped, because nobody read in time.",
                                        nullptr, count)
                       : TaskHandle::tr("What the task told is not kept any more, or another reader has it."));
}

void ValueStream::complain(ErrorCode code, const QString &message)
{
    push(drover::fail(code, message));
}

void ValueStream::push(Step step)
{
    m_bytes += step ? step->size() : 0;
    m_steps.push_back(std::move(step));
    if (m_bytes > enough && !std::exchange(m_held, true))
        m_hold(true);
}

ValueStream::Step ValueStream::take()
{
    Step step = drover::fail(m_end);
    if (!m_steps.empty()) {
        step = std::move(m_steps.front());
        m_steps.pop_front();
    }
    m_bytes -= step ? step->size() : 0;
    if (m_bytes < enough / 2 && std::exchange(m_held, false))
        m_hold(false);
    m_error = step ? Error() : step.error();
    return step;
}

// Whoever is resumed may ask again, or destroy what reads the stream.
void ValueStream::serve()
{
    const auto self = shared_from_this();
    while (!m_waiting.empty() && hasStep()) {
        Awaiter *next = m_waiting.front();
        m_waiting.pop_front();
        next->m_waiting = false;
        next->m_coroutine.resume();
    }
}

} // namespace drover
