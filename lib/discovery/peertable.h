// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/peer.h"
#include "support/clock.h"

#include <QtCore/QHash>
#include <QtCore/QList>

#include <optional>

namespace drover {

//! One thing that happened to the table.
struct PeerChange
{
    enum Kind { Appeared, Changed, Vanished };

    Kind kind = Appeared;
    Peer peer; //!< as it is now; of a vanished one, as it was

    friend bool operator==(const PeerChange &, const PeerChange &) = default;
};

//! Who is alive, judged by announcements and their age. Pure: time is passed in, from one monotonic clock.
//! A peer vanishes when it says goodbye or is silent for the lifetime; one address of several is dropped likewise.
//! A gap between two calls longer than the lifetime (the machine slept) is not held against anyone.
class PeerTable
{
public:
    static constexpr qsizetype maxPeers = 1024; //!< more are not taken in, so that a flood costs no memory
    static constexpr qsizetype maxHosts = 8; //!< of one peer

    explicit PeerTable(Milliseconds lifetime);

    //! Takes in what was heard from \a host; announcements that name no peer change nothing.
    QList<PeerChange> heard(const Announcement &announcement, const QString &host, MonotonicTime now);
    //! Removes the silent; call it a few times per lifetime.
    QList<PeerChange> tick(MonotonicTime now);

    QList<Peer> peers() const;

private:
    struct Entry
    {
        Peer peer;
        QHash<QString, MonotonicTime> hosts; //!< when each was last heard
    };

    QList<PeerChange> forget(const QByteArray &key);
    QList<PeerChange> refresh(const QByteArray &key, const Announcement &announcement, const QString &host,
                              MonotonicTime now);
    MonotonicTime advance(MonotonicTime now);

    Milliseconds m_lifetime;
    QHash<QByteArray, Entry> m_entries;
    std::optional<MonotonicTime> m_lastCall;
};

} // namespace drover
