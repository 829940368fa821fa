// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"

namespace drover {

//! Says what could only be said once it was durable: acknowledgements, settled results, changes for watchers.
class Settling
{
public:
    //! Works off what Desk::committed covers.
    static void run(Desk &desk);
    //! An answer that is given once all that was recorded so far is durable.
    static void send(Desk &desk, SessionId session, BrokerMessage message);

private:
    //! What goes to one session.
    struct Parcel
    {
        Accepted accepted;
        Settled settled;
        FinishedAck acknowledged;
    };
    using Parcels = std::map<SessionId, Parcel>;

    explicit Settling(Desk &desk) : m_desk(desk) {}
    void carryOut(const AfterCommit::Entry &entry);
    void accept(SessionId session, quint64 seq);
    void settle(LiveTask *task);
    void tellWatchers(const LiveTask &task);
    void countInBatch(const LiveTask &task);
    void sendParcels();

    Desk &m_desk;
    Parcels m_parcels;
};

} // namespace drover
