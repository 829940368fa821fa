// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/discovery.h"

#include <QtCore/QHash>

#include <vector>

namespace drover {

namespace {

struct Sighting
{
    const PeerSource *source;
    Peer peer;
};

Peer merged(const QList<Sighting> &sightings)
{
    Peer peer = sightings.first().peer;
    for (const Sighting &sighting : sightings.sliced(1))
        peer.hosts += sighting.peer.hosts;
    if (sightings.size() > 1)
        peer.hosts = orderedHosts(peer.hosts);
    return peer;
}

} // namespace

struct Q_DECL_HIDDEN Discovery::Private
{
    Discovery *q;
    std::optional<Announcement> announcement;
    bool started = false;
    QHash<QByteArray, QList<Sighting>> known;
    std::vector<std::unique_ptr<PeerSource>> sources;

    void see(const PeerSource *source, const Peer &peer)
    {
        QList<Sighting> &sightings = known[peer.key()];
        const std::optional<Peer> before = sightings.isEmpty() ? std::nullopt : std::optional(merged(sightings));
        const auto isSame = [source](const Sighting &s) { return s.source == source; };
        const auto at = std::find_if(sightings.begin(), sightings.end(), isSame);
        if (at != sightings.end())
            at->peer = peer;
        else
            sightings.append({source, peer});
        tell(before, merged(sightings));
    }
    void lose(const PeerSource *source, const Peer &peer)
    {
        QList<Sighting> sightings = known.take(peer.key());
        if (sightings.isEmpty())
            return;
        const Peer before = merged(sightings);
        sightings.removeIf([source](const Sighting &s) { return s.source == source; });
        if (sightings.isEmpty())
            return q->peerVanished(before);
        known.insert(peer.key(), sightings);
        tell(before, merged(sightings));
    }
    void tell(const std::optional<Peer> &before, const Peer &after)
    {
        if (!before)
            Q_EMIT q->peerAppeared(after);
        else if (*before != after)
            Q_EMIT q->peerChanged(after);
    }
};

Discovery::Discovery(QObject *parent) : QObject(parent), d(new Private{this, {}, false, {}, {}}) {}

Discovery::~Discovery() = default;

void Discovery::start()
{
    d->started = true;
    for (const auto &source : d->sources)
        source->start();
}

void Discovery::announce(const std::optional<Announcement> &announcement)
{
    d->announcement = announcement;
    for (const auto &source : d->sources)
        source->announce(announcement);
}

QList<Peer> Discovery::peers() const
{
    QList<Peer> peers;
    for (const QList<Sighting> &sightings : std::as_const(d->known))
        peers.append(merged(sightings));
    return peers;
}

void Discovery::take(std::unique_ptr<PeerSource> source)
{
    PeerSource *from = source.get();
    d->sources.push_back(std::move(source));
    connect(from, &PeerSource::peerAppeared, this, [this, from](const Peer &peer) { d->see(from, peer); });
    connect(from, &PeerSource::peerChanged, this, [this, from](const Peer &peer) { d->see(from, peer); });
    connect(from, &PeerSource::peerVanished, this, [this, from](const Peer &peer) { d->lose(from, peer); });
    from->announce(d->announcement);
    if (d->started)
        from->start();
}

} // namespace drover
