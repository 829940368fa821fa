// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/interfaces.h"
#include "discovery/peersource.h"
#include "support/clock.h"
#include "support/export.h"

#include <memory>

namespace drover {

//! How a Beacon behaves; the defaults are for use, tests shorten them.
struct DROVER_CORE_EXPORT BeaconOptions
{
    static constexpr quint16 defaultPort = 29467; //!< UDP; outside the ranges that systems give out by themselves

    //! Takes the port from `$DROVER_BEACON_PORT` where that is a port, else defaultPort.
    BeaconOptions();

    QStringList interfaces; //!< by name; empty: all that can multicast. `$DROVER_INTERFACE` always confines
    quint16 port;
    QList<Milliseconds> burst{Milliseconds(0), Milliseconds(100), Milliseconds(500)}; //!< times after the start
    Milliseconds period{2000}; //!< between announcements after the burst; must be the same for all
    Milliseconds lifetime{6500}; //!< a peer silent for this long has vanished: three periods and some
    Milliseconds rescan{5000}; //!< how often to look for interfaces that came or went
    Milliseconds answerDelay{100}; //!< answers to queries spread over this; none on loopback
};

//! What happened at one outlet since it was opened, for `drover doctor`.
struct OutletReport
{
    Outlet outlet;
    quint64 sent = 0; //!< datagrams
    quint64 heard = 0; //!< valid ones, own ones included
    quint64 garbage = 0; //!< datagrams that were not announcements
    QString problem; //!< why it could not be opened, or why the last datagram was not sent; empty when all is well
};

//! Finds peers by UDP multicast, and announces this process on the same way. Two on one machine hear each other.
//! It asks when it starts, so that who is there appears at once; it says goodbye when destroyed
//! (never from a slot of its own signals: use deleteLater() there).
class DROVER_CORE_EXPORT Beacon : public PeerSource
{
    Q_OBJECT

public:
    //! \a clock must outlive it.
    explicit Beacon(const Clock &clock, BeaconOptions options = {}, QObject *parent = nullptr);
    ~Beacon() override;

    void start() override;
    void announce(const std::optional<Announcement> &announcement) override;
    QList<Peer> peers() const override;

    //! One entry for each outlet in use, and for each interface that is wanted in vain.
    QList<OutletReport> report() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
