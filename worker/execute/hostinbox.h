// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/childwaits.h"
#include "execute/streamgate.h"
#include "protocol/messages.h"

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

namespace drover {

//! What the agent answers to the tasks that the running attempt submitted.
using HostAnswer = std::variant<Accepted, SubmitRefused, Duplicate, TaskResult, Stop>;

//! What has come from the agent and waits for the runner. Filled by the reader thread, emptied by the runner.
class HostInbox
{
public:
    //! \a wake is called in the reader thread when there is something for a runner that found nothing before.
    HostInbox(HostWriter &writer, std::function<void()> wake) : m_writer(writer), m_wake(std::move(wake)) {}

    //! The parts of it that threads of the running attempt use.
    Lending &lending() { return m_lending; }
    ChildWaits &childWaits() { return m_childWaits; }
    StreamGate &gate() { return m_gate; }

    //! Reader: takes one frame. ProtocolError when it is malformed.
    Result<void> feed(QByteArrayView frame);
    //! Any thread: all attempts are to stop.
    void stopAll();

    //! Runner: the next attempt, which runs from now on; nothing when none waits.
    std::optional<Assign> next();
    //! Runner: the running attempt has ended.
    void ended();
    std::stop_token stopToken() const { return m_stop.get_token(); } //!< of the running attempt; runner only
    //! Why the running attempt is asked to stop. Any thread.
    Reason stopReason() const { return m_stopReason; }
    bool isEmpty();
    std::vector<HostAnswer> answers();

private:
    Result<void> take(const RawMessage &message);
    template <typename M> Result<void> answer(const RawMessage &message);
    void takeBack(const TakeBack &message);
    void stop(const Stop &message);
    void endWaits(const LeaseRef &attempt);
    void wakeRunner();

    HostWriter &m_writer;
    Lending m_lending{m_writer};
    ChildWaits m_childWaits{m_writer, m_lending};
    StreamGate m_gate;
    std::function<void()> m_wake;
    std::mutex m_mutex;
    struct Waiting
    {
        Assign assign;
        bool stopped = false; //!< it is to stop before it has begun
    };
    std::deque<Waiting> m_waiting;
    std::vector<HostAnswer> m_answers;
    std::optional<LeaseRef> m_running;
    std::stop_source m_stop;
    std::atomic<Reason> m_stopReason = Reason::User;
    bool m_woken = false;
};

} // namespace drover
