// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QList>

#include <map>

namespace drover {

//! A session of the agent with a broker, numbered by its driver; never used twice.
using BrokerSession = quint64;

//! Which broker may send how many assigns. Pure book-keeping of promises: the promises that are open never exceed the places that
//! are free, and one place is promised to one broker at a time.
class GrantBook
{
public:
    //! A promise that changed: to be told to the broker.
    struct Change
    {
        BrokerSession session = 0;
        quint64 assigns = 0; //!< allowed in all on this session

        friend bool operator==(const Change &, const Change &) = default;
    };

    void open(BrokerSession session) { m_shares.insert_or_assign(session, Share{}); }
    void close(BrokerSession session) { m_shares.erase(session); }
    //! The broker has said how many tasks wait at it.
    void demand(BrokerSession session, quint32 tasks);
    //! An assign has come. False when it was not promised (any more): whoever has no place for it says busy.
    bool assigned(BrokerSession session);

    //! Spreads \a free places. A lone broker gets all of them, asked or not; of several only those with demand, in turns.
    //! Small rises wait until half of a promise is used, so that busy brokers hear of many places at once.
    QList<Change> distribute(quint32 free);

private:
    struct Share
    {
        quint64 granted = 0;
        quint64 assigned = 0;
        quint32 demand = 0;
        quint32 target = 0;

        quint32 outstanding() const { return granted > assigned ? quint32(granted - assigned) : 0; }
    };

    quint32 limitOf(const Share &share) const;
    quint32 keepPromises(quint32 free);
    void giveInTurns(quint32 free);

    std::map<BrokerSession, Share> m_shares;
    BrokerSession m_lastServed = 0;
};

} // namespace drover
