// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "protocol/messages/streamcredit.h"
#include "task/stream.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace drover {

//! Slows the running attempt down to its reader: whoever tells something passes here, and waits when the agent has not allowed
//! more. Thread-safe.
class StreamGate
{
public:
    //! Another attempt runs from now on; \a stopped: it was asked to stop before.
    void begin(const LeaseRef &attempt, bool stopped);
    //! From the agent: its cost in all may be so much.
    void allow(const StreamCredit &message);
    //! The attempt was asked to stop, or has ended: it waits no more.
    void open(const LeaseRef &attempt);

    //! True when one item may go at once.
    bool isOpen();
    //! Waits until it may, and counts it.
    void pass(const StreamItem &item);

private:
    bool mayPass() const { return m_open || m_used < m_allowed; }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<LeaseRef> m_attempt;
    quint64 m_allowed = 0;
    quint64 m_used = 0;
    bool m_open = true;
};

} // namespace drover
