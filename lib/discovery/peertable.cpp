// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/peertable.h"

#include <algorithm>

namespace drover {

PeerTable::PeerTable(Milliseconds lifetime) : m_lifetime(lifetime) {}

QList<PeerChange> PeerTable::heard(const Announcement &announcement, const QString &host, MonotonicTime now)
{
    now = advance(now);
    if (!announcement.namesPeer())
        return {};
    const Peer peer = toPeer(announcement, host);
    const QByteArray key = peer.key();
    if (announcement.goodbye)
        return forget(key);
    if (m_entries.contains(key))
        return refresh(key, announcement, host, now);
    if (m_entries.size() >= maxPeers)
        return {};
    m_entries.insert(key, Entry{peer, {{host, now}}});
    return {{PeerChange::Appeared, peer}};
}

QList<PeerChange> PeerTable::tick(MonotonicTime now)
{
    now = advance(now);
    QList<PeerChange> changes;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto isSilent = [this, now](const auto &host) { return now - host.value() >= m_lifetime; };
        const bool changed = entry->hosts.removeIf(isSilent) > 0;
        if (entry->hosts.isEmpty()) {
            changes.append({PeerChange::Vanished, entry->peer});
            entry = m_entries.erase(entry);
            continue;
        }
        if (changed) {
            entry->peer.hosts = orderedHosts(entry->hosts.keys());
            changes.append({PeerChange::Changed, entry->peer});
        }
        ++entry;
    }
    return changes;
}

QList<Peer> PeerTable::peers() const
{
    QList<Peer> peers;
    peers.reserve(m_entries.size());
    std::transform(m_entries.begin(), m_entries.end(), std::back_inserter(peers),
                   [](const Entry &e) { return e.peer; });
    return peers;
}

QList<PeerChange> PeerTable::forget(const QByteArray &key)
{
    if (!m_entries.contains(key))
        return {};
    return {{PeerChange::Vanished, m_entries.take(key).peer}};
}

QList<PeerChange> PeerTable::refresh(const QByteArray &key, const Announcement &announcement, const QString &host,
                                     MonotonicTime now)
{
    Entry &entry = m_entries[key];
    if (entry.hosts.contains(host) || entry.hosts.size() < maxHosts)
        entry.hosts.insert(host, now);
    Peer peer = toPeer(announcement, host);
    peer.hosts = orderedHosts(entry.hosts.keys());
    if (peer == entry.peer)
        return {};
    entry.peer = peer;
    return {{PeerChange::Changed, peer}};
}

MonotonicTime PeerTable::advance(MonotonicTime now)
{
    const MonotonicTime last = m_lastCall.value_or(now);
    now = std::max(now, last);
    if (now - last > m_lifetime) {
        for (Entry &entry : m_entries)
            std::for_each(entry.hosts.begin(), entry.hosts.end(), [now](MonotonicTime &heard) { heard = now; });
    }
    m_lastCall = now;
    return now;
}

} // namespace drover
