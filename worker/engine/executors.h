// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "support/clock.h"
#include "task/signature.h"

#include <deque>
#include <map>

namespace drover {

//! What the engine knows of one executor. It runs what it was given in order, one at a time.
struct ExecutorState
{
    quint32 id = 0;
    bool ready = false;
    bool killed = false; //!< by us
    bool blocked = false; //!< its first attempt waits for its own tasks
    bool quick = false; //!< all that is in it is quick
    bool outdated = false; //!< others know other functions; it ends when it is idle
    std::deque<LeaseRef> attempts; //!< the first one is running
    MonotonicTime idleSince{};

    bool isIdle() const { return ready && !killed && attempts.empty(); }
    //! Takes a slot: also while it waits and has others in it, which it could begin until they are taken back.
    bool isActive() const { return !attempts.empty() && (!blocked || attempts.size() > 1); }
};

//! The executors of a worker.
class ExecutorTable
{
public:
    ExecutorState &add(MonotonicTime now);
    ExecutorState *find(quint32 id);
    void remove(quint32 id) { m_executors.erase(id); }

    //! One that is ready and has nothing to do, or null.
    ExecutorState *idle();
    //! The one with the fewest attempts among those that run quick ones and have less than \a limit, or null.
    ExecutorState *quickest(size_t limit);
    //! Those that run something now.
    quint32 active() const;
    //! Those that are there or coming to serve slots: not blocked, not dying.
    quint32 serving() const;
    quint32 starting() const;
    quint32 blocked() const;

    std::map<quint32, ExecutorState> &all() { return m_executors; }
    const std::map<quint32, ExecutorState> &all() const { return m_executors; }

private:
    std::map<quint32, ExecutorState> m_executors;
    quint32 m_lastId = 0;
};

} // namespace drover
