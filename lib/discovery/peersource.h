// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/peer.h"
#include "support/export.h"

#include <QtCore/QList>
#include <QtCore/QObject>

#include <optional>

namespace drover {

//! One way to find peers: the beacon, given addresses, the system's DNS-SD. Used on the thread it lives on.
//! Each peer appears once, changes any number of times and vanishes once; the signals come after peers() changed.
class DROVER_CORE_EXPORT PeerSource : public QObject
{
    Q_OBJECT

public:
    explicit PeerSource(QObject *parent = nullptr);
    ~PeerSource() override;

    //! Begins to look, and to announce when there is something to announce. Call once, after connecting.
    virtual void start() = 0;
    //! Says this from now on, at once; nothing takes it back (says goodbye). Sources that cannot announce ignore it.
    virtual void announce(const std::optional<Announcement> &announcement);
    //! The peers known now, without an order.
    virtual QList<Peer> peers() const = 0;

Q_SIGNALS:
    void peerAppeared(const drover::Peer &peer);
    void peerChanged(const drover::Peer &peer);
    void peerVanished(const drover::Peer &peer);
};

} // namespace drover
