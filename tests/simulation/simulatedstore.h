// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/storecore.h"
#include "broker/storewriter.h"

namespace drover::simulation {

//! The writer of a store without its thread: the real log, fold and tables, served in rounds. A round is what was posted
//! before it began; it becomes durable when it is done. Destroying the store is kill -9: the rest is lost.
class SimulatedStore
{
public:
    SimulatedStore(const QString &path, qsizetype window, qint64 nowMs) : m_core(path, Durability::Disk, window, nowMs)
    {}

    Recovered takeRecovered() { return m_core.takeRecovered(); }
    void post(StoreRequest request) { m_posted.push_back(std::move(request)); }
    bool hasRequests() const { return !m_posted.empty(); }

    //! Takes all that was posted into the round; at the end of its time it is served.
    void beginRound() { m_round.swap(m_posted); }
    bool isInRound() const { return !m_round.empty(); }
    //! What the round comes to. \a committed is told the number that became durable, before the replies are given.
    std::vector<StoreReply> serve(const std::function<void(quint64)> &committed);
    //! After a while without requests: brings the tables up to the commits.
    void tidy(qint64 nowMs) { m_core.tidy(nowMs); }
    bool hasChanges() const { return m_core.hasChanges(); }

    TaskFound find(const TaskId &id) { return m_core.find(0, id); }

private:
    StoreReply answer(const StoreRequest &request);

    StoreCore m_core;
    std::vector<StoreRequest> m_posted;
    std::vector<StoreRequest> m_round;
};

} // namespace drover::simulation
