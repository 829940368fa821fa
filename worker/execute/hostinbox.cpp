// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/hostinbox.h"

namespace drover {

Result<void> HostInbox::feed(QByteArrayView frame)
{
    FrameReader reader(frame);
    while (const auto message = reader.next()) {
        if (Result<void> taken = take(*message); !taken)
            return taken;
    }
    if (reader.failed())
        return fail(reader.error());
    wakeRunner();
    return {};
}

Result<void> HostInbox::take(const RawMessage &message)
{
    switch (message.kind) {
    case Kind::Assign: {
        Result<Assign> assign = decode<Assign>(message);
        if (!assign)
            return fail(assign.error());
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back({*std::move(assign)});
        return {};
    }
    case Kind::Accepted: return answer<Accepted>(message);
    case Kind::SubmitRefused: return answer<SubmitRefused>(message);
    case Kind::Duplicate: return answer<Duplicate>(message);
    case Kind::TaskResult: return answer<TaskResult>(message);
    case Kind::TakeBack: {
        const Result<TakeBack> back = decode<TakeBack>(message);
        if (!back)
            return fail(back.error());
        takeBack(*back);
        return {};
    }
    case Kind::Stop: {
        const Result<Stop> request = decode<Stop>(message);
        if (!request)
            return fail(request.error());
        stop(*request);
        return {};
    }
    case Kind::StreamCredit: {
        const Result<StreamCredit> credit = decode<StreamCredit>(message);
        if (!credit)
            return fail(credit.error());
        m_gate.allow(*credit);
        return {};
    }
    default: return {};
    }
}

template <typename M> Result<void> HostInbox::answer(const RawMessage &message)
{
    Result<M> decoded = decode<M>(message);
    if (!decoded)
        return fail(decoded.error());
    if (m_childWaits.handle(*decoded))
        return {};
    const std::lock_guard lock(m_mutex);
    m_answers.emplace_back(*std::move(decoded));
    return {};
}

// The running attempt turned out to be long: results of quick ones before it must not wait for its end.
void HostInbox::takeBack(const TakeBack &message)
{
    const auto same = [&](const Waiting &waiting) {
        return waiting.assign.id == message.id && waiting.assign.token == message.token;
    };
    bool found = false;
    {
        const std::lock_guard lock(m_mutex);
        found = std::erase_if(m_waiting, same) > 0;
    }
    if (found)
        m_writer.append(Returned{message.id, message.token, Returned::Why::Unstarted});
    m_writer.flush();
}

// The request is made outside the lock: callbacks of the task run in here.
void HostInbox::stop(const Stop &message)
{
    std::stop_source source(std::nostopstate);
    {
        const std::lock_guard lock(m_mutex);
        if (m_running == LeaseRef{message.id, message.token}) {
            source = m_stop;
            m_stopReason = message.reason;
            m_answers.emplace_back(message);
        }
        for (Waiting &waiting : m_waiting)
            waiting.stopped |= waiting.assign.id == message.id && waiting.assign.token == message.token;
    }
    endWaits({message.id, message.token});
    source.request_stop();
}

void HostInbox::endWaits(const LeaseRef &attempt)
{
    m_childWaits.stop(attempt);
    m_gate.open(attempt);
}

void HostInbox::stopAll()
{
    std::stop_source source(std::nostopstate);
    std::optional<LeaseRef> running;
    {
        const std::lock_guard lock(m_mutex);
        for (Waiting &waiting : m_waiting)
            waiting.stopped = true;
        if (m_running) {
            source = m_stop;
            m_stopReason = Reason::User;
            m_answers.emplace_back(Stop{m_running->id, m_running->token});
            running = m_running;
        }
    }
    if (running)
        endWaits(*running);
    source.request_stop();
    wakeRunner();
}

void HostInbox::wakeRunner()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_woken || (m_waiting.empty() && m_answers.empty()))
            return;
        m_woken = true;
    }
    m_wake();
}

std::optional<Assign> HostInbox::next()
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty())
        return std::nullopt;
    Assign assign = std::move(m_waiting.front().assign);
    const bool stopped = m_waiting.front().stopped;
    m_waiting.pop_front();
    m_running = LeaseRef{assign.id, assign.token};
    m_stop = std::stop_source();
    if (stopped)
        m_stop.request_stop();
    m_lending.begin(*m_running);
    m_childWaits.begin(*m_running, stopped);
    m_gate.begin(*m_running, stopped);
    return assign;
}

void HostInbox::ended()
{
    std::optional<LeaseRef> running;
    {
        const std::lock_guard lock(m_mutex);
        running = std::exchange(m_running, std::nullopt);
    }
    if (!running)
        return;
    m_lending.end();
    m_childWaits.end();
    m_gate.open(*running);
}

bool HostInbox::isEmpty()
{
    const std::lock_guard lock(m_mutex);
    return m_waiting.empty();
}

std::vector<HostAnswer> HostInbox::answers()
{
    const std::lock_guard lock(m_mutex);
    m_woken = false;
    return std::exchange(m_answers, {});
}

} // namespace drover
