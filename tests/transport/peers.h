// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/websocketconnector.h"
#include "transport/websocketserver.h"
#include "trust/identity.h"

#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>

#include <utility>

namespace drover {

//! A key that exists nowhere else.
inline TlsIdentity newKey()
{
    const QTemporaryDir folder;
    const Identity identity = Identity::loadOrCreate(folder.path(), QStringLiteral("key")).value();
    return TlsIdentity::fromPem(identity.certificatePem(), identity.keyPem()).value();
}

//! A server and a client with a key each; who trusts whom is in two sets. Both trust each other at first.
class Peers : public QObject
{
public:
    Peers()
    {
        connect(&server, &WebSocketServer::accepted, this, [this](Channel *channel) { atServer.reset(channel); });
        connect(&server, &WebSocketServer::refused, this,
                [this](const QByteArray &fingerprint, const QString &, const Error &why) {
                    refusedKey = fingerprint;
                    refusals += why;
                });
        connect(&connector, &WebSocketConnector::opened, this, [this](Channel *channel) { atClient.reset(channel); });
        connect(&connector, &WebSocketConnector::failed, this, [this](const Error &error) { failures += error; });
        port = server.listen(QHostAddress::LocalHost).value();
    }

    void open() { connector.open(QStringLiteral("127.0.0.1"), port); }
    bool isOpen() const { return atServer && atClient; }

    const TlsIdentity serverKey = newKey();
    const TlsIdentity clientKey = newKey();
    QSet<QByteArray> trustedByServer{clientKey.fingerprint()};
    QSet<QByteArray> trustedByClient{serverKey.fingerprint()};
    WebSocketServer server{serverKey, judgeBy(trustedByServer)};
    WebSocketConnector connector{clientKey, judgeBy(trustedByClient)};
    quint16 port = 0;
    std::unique_ptr<Channel> atServer;
    std::unique_ptr<Channel> atClient;
    QByteArray refusedKey;
    QList<Error> refusals;
    QList<Error> failures;

private:
    static Judge judgeBy(const QSet<QByteArray> &trusted)
    {
        return [&trusted](const QByteArray &key) { return trusted.contains(key) ? Verdict::Accept : Verdict::Refuse; };
    }
};

} // namespace drover
