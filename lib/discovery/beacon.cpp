// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/beacon.h"

#include "discovery/multicastsocket.h"
#include "discovery/peertable.h"
#include "support/home.h"
#include "support/logging.h"

#include <QtCore/QTimer>

#include <algorithm>
#include <utility>
#include <vector>

namespace drover {

namespace {

quint16 beaconPort()
{
    bool isNumber = false;
    const int port = qEnvironmentVariableIntValue("DROVER_BEACON_PORT", &isNumber);
    return isNumber && port > 0 && port <= 65535 ? quint16(port) : BeaconOptions::defaultPort;
}

} // namespace

BeaconOptions::BeaconOptions() : port(beaconPort()) {}

//! An outlet in use: its socket (none while it cannot be opened) and the answer that is due there.
struct Station
{
    OutletReport report;
    std::unique_ptr<MulticastSocket> socket;
    QTimer answer;
};

struct Q_DECL_HIDDEN Beacon::Private
{
    Beacon *q;
    const Clock &clock;
    BeaconOptions options;
    PeerTable table;
    std::optional<Announcement> own;
    bool started = false;
    qsizetype step = 0;
    QTimer announceTimer;
    QTimer tickTimer;
    QTimer rescanTimer;
    std::vector<std::unique_ptr<Station>> stations;

    Private(Beacon *beacon, const Clock &time, BeaconOptions chosen)
        : q(beacon), clock(time), options(std::move(chosen)), table(options.lifetime)
    {}
    void connectTimers();
    void rescan();
    void restartBurst();
    void nextAnnouncement();
    void send(Station &station, const Announcement &announcement);
    void sendGoodbye();
    bool open(Station &station);
    QList<OutletReport> missing() const;
    std::unique_ptr<Station> makeStation(const Outlet &outlet);
    void hear(Station &station, const QByteArray &datagram, const QString &host);
    void answer(Station &station);
    void publish(const QList<PeerChange> &changes);
    Milliseconds answerDelay(const Station &station) const;
};

Beacon::Beacon(const Clock &clock, BeaconOptions options, QObject *parent)
    : PeerSource(parent), d(std::make_unique<Private>(this, clock, std::move(options)))
{
    d->connectTimers();
}

Beacon::~Beacon()
{
    d->sendGoodbye();
}

void Beacon::start()
{
    d->started = true;
    d->rescan();
    for (const OutletReport &missing : d->missing())
        qCWarning(logDiscovery).noquote() << missing.problem;
    d->tickTimer.start(std::max(Milliseconds(10), d->options.lifetime / 8));
    d->rescanTimer.start(d->options.rescan);
    d->restartBurst();
}

void Beacon::announce(const std::optional<Announcement> &announcement)
{
    if (announcement == d->own)
        return;
    if (d->own && (!announcement || announcement->incarnation != d->own->incarnation))
        d->sendGoodbye();
    d->own = announcement;
    if (d->started)
        d->restartBurst();
}

QList<Peer> Beacon::peers() const
{
    return d->table.peers();
}

QList<OutletReport> Beacon::report() const
{
    QList<OutletReport> reports;
    for (const auto &station : d->stations)
        reports.append(station->report);
    return reports + d->missing();
}

void Beacon::Private::connectTimers()
{
    announceTimer.setSingleShot(true);
    announceTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&announceTimer, &QTimer::timeout, q, [this] { nextAnnouncement(); });
    QObject::connect(&tickTimer, &QTimer::timeout, q, [this] { publish(table.tick(clock.monotonic())); });
    QObject::connect(&rescanTimer, &QTimer::timeout, q, [this] { rescan(); });
}

void Beacon::Private::rescan()
{
    const QList<Outlet> outlets = chooseOutlets(systemInterfaces(), options.interfaces, confinedInterface());
    std::erase_if(stations, [&outlets](const auto &s) { return !outlets.contains(s->report.outlet); });
    bool opened = false;
    for (const Outlet &outlet : outlets) {
        const auto isSame = [&outlet](const auto &s) { return s->report.outlet == outlet; };
        auto at = std::find_if(stations.begin(), stations.end(), isSame);
        if (at == stations.end())
            at = stations.insert(at, makeStation(outlet));
        opened |= !(*at)->socket && open(**at);
    }
    if (opened && announceTimer.isActive())
        restartBurst();
}

QList<OutletReport> Beacon::Private::missing() const
{
    const QString confined = confinedInterface();
    const QStringList wanted =
        options.interfaces.isEmpty() && !confined.isEmpty() ? QStringList(confined) : options.interfaces;
    QList<OutletReport> reports;
    for (const QString &name : wanted) {
        const auto isUsed = [&name](const auto &s) { return s->report.outlet.interfaceName == name; };
        if (std::any_of(stations.begin(), stations.end(), isUsed))
            continue;
        OutletReport report;
        report.outlet.interfaceName = name;
        report.problem = confined.isEmpty() || confined == name
            ? Beacon::tr("The interface %1 is not there, not up, has no address or cannot multicast.").arg(name)
            : Beacon::tr("The interface %1 is not used, because DROVER_INTERFACE is %2.").arg(name, confined);
        reports.append(report);
    }
    return reports;
}

void Beacon::Private::restartBurst()
{
    step = 0;
    announceTimer.start(options.burst.value(0));
}

void Beacon::Private::nextAnnouncement()
{
    Announcement announcement = own.value_or(Announcement());
    announcement.query = step == 0;
    if (announcement.query || announcement.namesPeer()) {
        for (const auto &station : stations)
            send(*station, announcement);
    }
    ++step;
    const bool inBurst = step < options.burst.size();
    announceTimer.start(inBurst ? options.burst[step] - options.burst[step - 1] : options.period);
}

void Beacon::Private::send(Station &station, const Announcement &announcement)
{
    if (!station.socket)
        return;
    const Result<void> sent = station.socket->send(announcement.toBytes());
    const QString problem = sent ? QString() : sent.error().message();
    if (!sent && station.report.problem != problem)
        qCWarning(logDiscovery).noquote() << problem;
    station.report.problem = problem;
    station.report.sent += sent ? 1 : 0;
}

void Beacon::Private::sendGoodbye()
{
    if (!own)
        return;
    Announcement goodbye = *own;
    goodbye.goodbye = true;
    for (const auto &station : stations)
        send(*station, goodbye);
}

std::unique_ptr<Station> Beacon::Private::makeStation(const Outlet &outlet)
{
    auto station = std::make_unique<Station>();
    station->report.outlet = outlet;
    station->answer.setSingleShot(true);
    QObject::connect(&station->answer, &QTimer::timeout, q, [this, at = station.get()] {
        if (own)
            send(*at, *own);
    });
    return station;
}

bool Beacon::Private::open(Station &station)
{
    auto socket = std::make_unique<MulticastSocket>(station.report.outlet);
    const Result<void> opened = socket->open(options.port);
    const QString problem = opened ? QString() : opened.error().message();
    if (!opened && station.report.problem != problem)
        qCWarning(logDiscovery).noquote() << problem;
    station.report.problem = problem;
    if (!opened)
        return false;
    QObject::connect(
        socket.get(), &MulticastSocket::received, q,
        [this, at = &station](const QByteArray &datagram, const QString &host) { hear(*at, datagram, host); });
    station.socket = std::move(socket);
    return true;
}

void Beacon::Private::hear(Station &station, const QByteArray &datagram, const QString &host)
{
    const Result<Announcement> announcement = Announcement::fromBytes(datagram);
    if (!announcement) {
        ++station.report.garbage;
        qCDebug(logDiscovery).noquote() << host << announcement.error().message();
        return;
    }
    ++station.report.heard;
    if (own && announcement->namesPeer() && announcement->incarnation == own->incarnation)
        return;
    if (announcement->query)
        answer(station);
    publish(table.heard(*announcement, host, clock.monotonic()));
}

void Beacon::Private::answer(Station &station)
{
    if (own && !station.answer.isActive())
        station.answer.start(answerDelay(station));
}

Milliseconds Beacon::Private::answerDelay(const Station &station) const
{
    if (station.report.outlet.loopback)
        return Milliseconds(0);
    // Any number that differs between processes spreads them as well as a random one.
    return Milliseconds(qint64(qHash(own->incarnation) % size_t(options.answerDelay.count() + 1)));
}

void Beacon::Private::publish(const QList<PeerChange> &changes)
{
    for (const PeerChange &change : changes) {
        switch (change.kind) {
        case PeerChange::Appeared: Q_EMIT q->peerAppeared(change.peer); break;
        case PeerChange::Changed: Q_EMIT q->peerChanged(change.peer); break;
        case PeerChange::Vanished: Q_EMIT q->peerVanished(change.peer); break;
        }
    }
}

} // namespace drover
