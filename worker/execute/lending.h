// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/hostwriter.h"
#include "protocol/leaseref.h"
#include "protocol/messages/blocked.h"
#include "protocol/messages/resumed.h"

#include <optional>

namespace drover {

//! Tells the agent when the slot of the running attempt can be lent, and when the attempt goes on. It is lent while the attempt
//! is suspended for tasks of its own or a thread of it waits for one. Thread-safe.
class Lending
{
public:
    explicit Lending(HostWriter &writer) : m_writer(writer) {}

    //! Another attempt runs from now on.
    void begin(const LeaseRef &attempt);
    //! The running attempt has ended: it lends nothing any more.
    void end();
    //! All of its coroutines wait. Flushing is the caller's.
    void suspended();
    //! It goes on: an answer came, which the agent sent only with the slot. So many threads wake by it; those that go on
    //! waiting lend the slot again.
    void answered(int woken);
    //! One thread of \a attempt more (or less) waits; what was written leaves.
    void waits(const LeaseRef &attempt, bool begins);

private:
    void block();
    void resume();

    HostWriter &m_writer;
    std::mutex m_mutex;
    std::optional<LeaseRef> m_attempt;
    int m_waiting = 0; //!< threads
    bool m_blocked = false;
};

} // namespace drover
