// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/interfaces.h"

#include <QtNetwork/QNetworkInterface>

namespace drover {

namespace {

Interface fromSystem(const QNetworkInterface &system)
{
    const QNetworkInterface::InterfaceFlags flags = system.flags();
    Interface card;
    card.name = system.name();
    card.index = system.index();
    card.running = flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning);
    card.loopback = flags.testFlag(QNetworkInterface::IsLoopBack);
    card.multicast = flags.testFlag(QNetworkInterface::CanMulticast);
    card.pointToPoint = flags.testFlag(QNetworkInterface::IsPointToPoint);
    for (const QNetworkAddressEntry &entry : system.addressEntries()) {
        card.hasIPv4 |= entry.ip().protocol() == QAbstractSocket::IPv4Protocol;
        card.hasIPv6 |= entry.ip().protocol() == QAbstractSocket::IPv6Protocol;
    }
    return card;
}

bool isChosen(const Interface &card, const QStringList &wanted, const QString &confinedTo)
{
    if (!card.running || !(card.multicast || card.loopback))
        return false;
    if (!confinedTo.isEmpty() && card.name != confinedTo)
        return false;
    return wanted.isEmpty() ? !card.pointToPoint : wanted.contains(card.name);
}

} // namespace

QList<Interface> systemInterfaces()
{
    QList<Interface> interfaces;
    for (const QNetworkInterface &system : QNetworkInterface::allInterfaces())
        interfaces.append(fromSystem(system));
    return interfaces;
}

QList<Outlet> chooseOutlets(const QList<Interface> &interfaces, const QStringList &wanted, const QString &confinedTo)
{
    QList<Outlet> outlets;
    for (const Interface &card : interfaces) {
        if (!isChosen(card, wanted, confinedTo))
            continue;
        if (card.hasIPv4)
            outlets.append({card.name, card.index, QAbstractSocket::IPv4Protocol, card.loopback});
        if (card.hasIPv6 && !card.loopback)
            outlets.append({card.name, card.index, QAbstractSocket::IPv6Protocol, false});
    }
    return outlets;
}

} // namespace drover
