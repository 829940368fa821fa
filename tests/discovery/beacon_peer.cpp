// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

// A process on the LAN: announces itself as the name that is given, prints what it finds, and ends when its input does.
// beacon_peer NAME [INTERFACE...]

#include "discovery/beacon.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>

#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

namespace drover {

static void print(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

static void print(const QString &word, const Peer &peer)
{
    print(word + u' ' + peer.name + u' ' + peer.hosts.join(u','));
}

static void printReport(const Beacon &beacon)
{
    for (const OutletReport &report : beacon.report()) {
        const QChar family = report.outlet.family == QAbstractSocket::IPv4Protocol ? u'4' : u'6';
        print(QStringLiteral("outlet %1/%2 sent %3").arg(report.outlet.interfaceName, family).arg(report.sent));
    }
    print(QStringLiteral("end"));
}

static Announcement announcementFor(const QString &name, IdGenerator &ids)
{
    Announcement announcement;
    announcement.service = QStringLiteral("worker");
    announcement.name = name;
    announcement.fingerprint = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    announcement.incarnation = ids.next();
    announcement.port = 4000;
    return announcement;
}

static BeaconOptions quickOptions(const QStringList &interfaces)
{
    BeaconOptions options;
    options.interfaces = interfaces;
    options.burst = {Milliseconds(0), Milliseconds(50)};
    options.period = Milliseconds(200);
    options.lifetime = Milliseconds(1500);
    options.rescan = Milliseconds(100);
    return options;
}

static int run(const QStringList &arguments)
{
    const SystemClock clock;
    IdGenerator ids;
    Beacon beacon(clock, quickOptions(arguments.mid(2)));
    QObject::connect(&beacon, &Beacon::peerAppeared, &beacon,
                     [](const Peer &p) { print(QStringLiteral("appeared"), p); });
    QObject::connect(&beacon, &Beacon::peerChanged, &beacon,
                     [](const Peer &p) { print(QStringLiteral("changed"), p); });
    QObject::connect(&beacon, &Beacon::peerVanished, &beacon,
                     [](const Peer &p) { print(QStringLiteral("vanished"), p); });
    beacon.announce(announcementFor(arguments.value(1), ids));
    beacon.start();
    print(QStringLiteral("started"));
    std::thread input([&beacon] {
        for (std::string line; std::getline(std::cin, line);)
            QMetaObject::invokeMethod(&beacon, [&beacon] { printReport(beacon); });
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit);
    });
    const int code = QCoreApplication::exec();
    input.join();
    return code;
}

} // namespace drover

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    return drover::run(application.arguments());
}
