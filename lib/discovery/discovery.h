// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/peersource.h"
#include "support/export.h"

#include <memory>

namespace drover {

//! All peers that any source knows. A peer that several sources found is one, with the hosts of all of them;
//! it vanishes when the last of them lost it. Used on the thread it lives on.
//!
//!     Discovery discovery;
//!     discovery.add(std::make_unique<Beacon>(clock));
//!     discovery.add(std::make_unique<GivenPeers>(addresses));
//!     discovery.announce(announcement);
//!     discovery.start();
class DROVER_CORE_EXPORT Discovery : public QObject
{
    Q_OBJECT

public:
    explicit Discovery(QObject *parent = nullptr);
    ~Discovery() override;

    //! Takes a source, before or after start(); the pointer that is returned lives as long as this.
    template <typename Source> Source *add(std::unique_ptr<Source> source)
    {
        Source *pointer = source.get();
        take(std::move(source));
        return pointer;
    }
    void start();
    //! Tells all sources what to announce; nothing takes it back.
    void announce(const std::optional<Announcement> &announcement);
    QList<Peer> peers() const;

Q_SIGNALS:
    void peerAppeared(const drover::Peer &peer);
    void peerChanged(const drover::Peer &peer);
    void peerVanished(const drover::Peer &peer);

private:
    void take(std::unique_ptr<PeerSource> source);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
