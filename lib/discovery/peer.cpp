// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/peer.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QHostAddress>

#include <algorithm>
#include <tuple>

namespace drover {

namespace {

struct PeerText
{
    Q_DECLARE_TR_FUNCTIONS(drover::Peer)
};

int rank(const QString &host)
{
    const QHostAddress address(host);
    if (address.isLoopback())
        return 0;
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return 1;
    if (address.isNull())
        return 2;
    return address.isLinkLocal() ? 4 : 3;
}

struct HostAndPort
{
    QString host;
    QString port; //!< null when there is none
};

HostAndPort split(const QString &text)
{
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        const QString rest = text.mid(end + 1);
        if (end < 0 || !(rest.isEmpty() || rest.startsWith(u':')))
            return {};
        return {text.mid(1, end - 1), rest.isEmpty() ? QString() : rest.mid(1)};
    }
    if (text.count(u':') != 1)
        return {text, QString()};
    const qsizetype colon = text.indexOf(u':');
    return {text.left(colon), text.mid(colon + 1)};
}

bool isHost(const QString &host)
{
    if (host.contains(u':'))
        return QHostAddress(host).protocol() == QAbstractSocket::IPv6Protocol;
    const auto allowed = [](QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_'; };
    return !host.isEmpty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), allowed);
}

} // namespace

QByteArray Peer::key() const
{
    QByteArray key = service.toUtf8() + '\0';
    if (incarnation.isNull())
        return key + hosts.join(u' ').toUtf8() + ':' + QByteArray::number(port);
    return key + fingerprint + QByteArray(incarnation.view().data(), incarnation.view().size());
}

Peer toPeer(const Announcement &announcement, const QString &host)
{
    Peer peer;
    peer.service = announcement.service;
    peer.name = announcement.name;
    peer.fingerprint = announcement.fingerprint;
    peer.incarnation = announcement.incarnation;
    peer.port = announcement.port;
    peer.protocolVersion = announcement.protocolVersion;
    peer.hosts = {host};
    return peer;
}

QStringList orderedHosts(QStringList hosts)
{
    hosts.removeDuplicates();
    std::sort(hosts.begin(), hosts.end(), [](const QString &a, const QString &b) {
        return std::make_tuple(rank(a), a) < std::make_tuple(rank(b), b);
    });
    return hosts;
}

Result<Peer> peerFromAddress(const QString &text, const QString &service, quint16 defaultPort)
{
    const HostAndPort parts = split(text.trimmed());
    bool isNumber = true;
    const uint port = parts.port.isNull() ? defaultPort : parts.port.toUInt(&isNumber);
    if (!isHost(parts.host))
        return fail(ErrorCode::InvalidArgument,
                    PeerText::tr("\"%1\" is not an address: write host:port or [IPv6]:port.").arg(text));
    if (!isNumber || port < 1 || port > 65535)
        return fail(
            ErrorCode::InvalidArgument,
            PeerText::tr("The address \"%1\" needs a port from 1 to 65535: write host:port or [IPv6]:port.").arg(text));
    Peer peer;
    peer.service = service;
    peer.hosts = {parts.host};
    peer.port = quint16(port);
    peer.name =
        (parts.host.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(parts.host).arg(port);
    peer.given = true;
    return peer;
}

} // namespace drover
