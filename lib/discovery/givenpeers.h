// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/peersource.h"
#include "support/export.h"

#include <memory>

namespace drover {

//! The peers whose address a person gave. They appear at start() or when added later, and stay until removed.
class DROVER_CORE_EXPORT GivenPeers : public PeerSource
{
    Q_OBJECT

public:
    explicit GivenPeers(QList<Peer> peers = {}, QObject *parent = nullptr);
    ~GivenPeers() override;

    void start() override;
    QList<Peer> peers() const override;

    //! See peerFromAddress(); one that is there already is left alone.
    void add(const Peer &peer);
    void remove(const QByteArray &key);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
