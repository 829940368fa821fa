// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/confinement.h"

#include "support/home.h"

#include <QtNetwork/QNetworkInterface>

#include <algorithm>

namespace drover {

namespace {

Unexpected<Error> forbidden(const QString &what)
{
    return fail(ErrorCode::NotPermitted,
                QStringLiteral("%1: DROVER_INTERFACE keeps all connections on the interface \"%2\".")
                    .arg(what, confinedInterface()));
}

Result<QNetworkInterface> confinement()
{
    const QNetworkInterface interface = QNetworkInterface::interfaceFromName(confinedInterface());
    if (!interface.isValid())
        return forbidden(QStringLiteral("There is no such interface"));
    return interface;
}

bool isLoopback(const QNetworkInterface &interface)
{
    return interface.flags().testFlag(QNetworkInterface::IsLoopBack);
}

bool isWildcard(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

bool isOfFamily(const QHostAddress &address, const QHostAddress &wildcard)
{
    return wildcard.protocol() == QAbstractSocket::AnyIPProtocol || wildcard.protocol() == address.protocol();
}

bool hasForeignScope(const QHostAddress &address, const QNetworkInterface &interface)
{
    const QString scope = address.scopeId();
    return !scope.isEmpty() && scope != interface.name() && scope != QString::number(interface.index());
}

QHostAddress withoutScope(QHostAddress address)
{
    address.setScopeId({});
    return address;
}

bool isInNetwork(const QHostAddress &address, const QNetworkInterface &interface)
{
    if (hasForeignScope(address, interface))
        return false;
    const QHostAddress plain = withoutScope(address);
    return std::ranges::any_of(interface.addressEntries(), [&](const QNetworkAddressEntry &entry) {
        return plain.isInSubnet(withoutScope(entry.ip()), entry.prefixLength());
    });
}

bool isOwnAddress(const QHostAddress &address, const QNetworkInterface &interface)
{
    if (isLoopback(interface))
        return isInNetwork(address, interface);
    return !hasForeignScope(address, interface)
        && std::ranges::any_of(interface.addressEntries(), [&](const QNetworkAddressEntry &entry) {
               return withoutScope(address) == withoutScope(entry.ip());
           });
}

} // namespace

Result<QList<QHostAddress>> listenAddresses(const QHostAddress &address)
{
    if (confinedInterface().isEmpty())
        return QList<QHostAddress>{address};
    const Result<QNetworkInterface> interface = confinement();
    if (!interface)
        return fail(interface.error());
    QList<QHostAddress> result;
    if (!isWildcard(address)) {
        if (isOwnAddress(address, *interface))
            result += address;
    } else {
        for (const QNetworkAddressEntry &entry : interface->addressEntries()) {
            if (isOfFamily(entry.ip(), address))
                result += entry.ip();
        }
    }
    if (result.isEmpty())
        return forbidden(QStringLiteral("Cannot listen on %1").arg(address.toString()));
    return result;
}

Result<void> checkTarget(const QString &host)
{
    if (confinedInterface().isEmpty())
        return {};
    const Result<QNetworkInterface> interface = confinement();
    if (!interface)
        return fail(interface.error());
    const QHostAddress address(host);
    if (address.isNull() && host == QStringLiteral("localhost") && isLoopback(*interface))
        return {};
    if (address.isNull())
        return forbidden(QStringLiteral("The name %1 is not looked up, give an address").arg(host));
    if (!isInNetwork(address, *interface))
        return forbidden(QStringLiteral("Cannot connect to %1").arg(host));
    return {};
}

} // namespace drover
