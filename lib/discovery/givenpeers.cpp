// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/givenpeers.h"

#include <QtCore/QHash>

namespace drover {

struct Q_DECL_HIDDEN GivenPeers::Private
{
    QHash<QByteArray, Peer> peers;
    bool started = false;
};

GivenPeers::GivenPeers(QList<Peer> peers, QObject *parent) : PeerSource(parent), d(std::make_unique<Private>())
{
    for (const Peer &peer : std::as_const(peers))
        add(peer);
}

GivenPeers::~GivenPeers() = default;

void GivenPeers::start()
{
    d->started = true;
    const QHash<QByteArray, Peer> peers = d->peers;
    for (const Peer &peer : peers)
        Q_EMIT peerAppeared(peer);
}

QList<Peer> GivenPeers::peers() const
{
    return d->started ? d->peers.values() : QList<Peer>();
}

void GivenPeers::add(const Peer &peer)
{
    if (d->peers.contains(peer.key()))
        return;
    d->peers.insert(peer.key(), peer);
    if (d->started)
        Q_EMIT peerAppeared(peer);
}

void GivenPeers::remove(const QByteArray &key)
{
    if (!d->peers.contains(key))
        return;
    const Peer peer = d->peers.take(key);
    if (d->started)
        Q_EMIT peerVanished(peer);
}

} // namespace drover
