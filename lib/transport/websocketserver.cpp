// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/websocketserver.h"

#include "support/logging.h"
#include "transport/confinement.h"
#include "transport/websocketchannel_p.h"

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtWebSockets/QWebSocketCorsAuthenticator>
#include <QtWebSockets/QWebSocketServer>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr int portAttempts = 20;

// Hands over bare descriptors, so that TLS begins with our settings.
class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(qintptr)> take) : m_take(std::move(take)) { setProxy(QNetworkProxy::NoProxy); }

protected:
    void incomingConnection(qintptr descriptor) override { m_take(descriptor); }

private:
    std::function<void(qintptr)> m_take;
};

} // namespace

struct Q_DECL_HIDDEN WebSocketServer::Private
{
    using PeerName = QPair<QHostAddress, quint16>;
    struct Guest
    {
        QSslSocket *socket;
        QTimer *deadline;
        QByteArray fingerprint;
    };

    WebSocketServer *q;
    TlsIdentity identity;
    Judge judge;
    Milliseconds handshakeTimeout = 10s;
    QWebSocketServer upgrader{QStringLiteral("drover"), QWebSocketServer::NonSecureMode};
    std::vector<std::unique_ptr<Listener>> listeners{};
    QHash<PeerName, Guest> guests{};

    Result<quint16> listen(const QList<QHostAddress> &addresses, quint16 port);
    void take(qintptr descriptor);
    void arrange(QSslSocket *socket, const PeerName &name);
    void judgeKey(const PeerName &name);
    void refuse(const PeerName &name, const Error &why);
    void upgraded();
    void open(WebSocketPointer socket, const QByteArray &fingerprint);
};

WebSocketServer::WebSocketServer(TlsIdentity identity, Judge judge, QObject *parent)
    : QObject(parent), d(new Private{this, std::move(identity), std::move(judge)})
{
    d->upgrader.setSupportedSubprotocols({QString::fromLatin1(subprotocol)});
    connect(&d->upgrader, &QWebSocketServer::newConnection, this, [this] { d->upgraded(); });
    connect(&d->upgrader, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *request) { request->setAllowed(request->origin().isEmpty()); });
}

WebSocketServer::~WebSocketServer()
{
    stop();
    for (const Private::Guest &guest : std::exchange(d->guests, {})) {
        guest.socket->disconnect(this);
        delete guest.socket;
    }
}

void WebSocketServer::setHandshakeTimeout(Milliseconds timeout)
{
    d->handshakeTimeout = timeout;
}

quint16 WebSocketServer::port() const
{
    return d->listeners.empty() ? 0 : d->listeners.front()->serverPort();
}

bool WebSocketServer::hasGuests() const
{
    return !d->guests.isEmpty();
}

void WebSocketServer::stop()
{
    d->listeners.clear();
}

Result<quint16> WebSocketServer::listen(const QHostAddress &address, quint16 port)
{
    if (const Result<void> ready = prepareTls(); !ready)
        return fail(ready.error());
    const Result<QList<QHostAddress>> addresses = listenAddresses(address);
    if (!addresses)
        return fail(addresses.error());
    Result<quint16> result = d->listen(*addresses, port);
    for (int i = 1; !result && port == 0 && i < portAttempts; ++i)
        result = d->listen(*addresses, port);
    return result;
}

Result<quint16> WebSocketServer::Private::listen(const QList<QHostAddress> &addresses, quint16 port)
{
    listeners.clear();
    for (const QHostAddress &address : addresses) {
        auto listener = std::make_unique<Listener>([this](qintptr descriptor) { take(descriptor); });
        if (!listener->listen(address, port)) {
            listeners.clear();
            return fail(
                Error(
                    ErrorCode::Unavailable,
                    QStringLiteral("Cannot listen on %1: %2.").arg(addressText(address, port), listener->errorString()))
                    .setTransient());
        }
        port = listener->serverPort();
        listeners.push_back(std::move(listener));
    }
    return port;
}

void WebSocketServer::Private::take(qintptr descriptor)
{
    auto *socket = new QSslSocket(q);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    if (guests.size() >= maxUnjudged) {
        qCWarning(logTransport) << "Too many connections wait for their handshake; one was closed.";
        socket->abort();
        delete socket;
        return;
    }
    arrange(socket, {socket->peerAddress(), socket->peerPort()});
}

void WebSocketServer::Private::arrange(QSslSocket *socket, const PeerName &name)
{
    auto *deadline = new QTimer(socket);
    deadline->setSingleShot(true);
    guests.insert(name, {socket, deadline, {}});
    connect(deadline, &QTimer::timeout, q,
            [this, name] { refuse(name, Error(ErrorCode::Timeout, QStringLiteral("The handshake took too long."))); });
    connect(socket, &QSslSocket::sslErrors, q,
            [socket](const QList<QSslError> &errors) { socket->ignoreSslErrors(ignorable(errors)); });
    connect(socket, &QSslSocket::encrypted, q, [this, name] { judgeKey(name); });
    connect(socket, &QSslSocket::errorOccurred, q, [this, name, socket] {
        refuse(
            name,
            Error(ErrorCode::ProtocolError, QStringLiteral("No session came about: %1.").arg(socket->errorString())));
    });
    connect(socket, &QSslSocket::disconnected, q,
            [this, name] { refuse(name, Error(ErrorCode::ProtocolError, QStringLiteral("No session came about."))); });
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSslConfiguration(tlsConfiguration(identity));
    deadline->start(handshakeTimeout);
    socket->startServerEncryption();
}

void WebSocketServer::Private::judgeKey(const PeerName &name)
{
    const auto guest = guests.find(name);
    if (guest == guests.end())
        return;
    guest->fingerprint = fingerprintOf(guest->socket->peerCertificate());
    if (guest->fingerprint.isEmpty())
        return refuse(name, Error(ErrorCode::NotTrusted, QStringLiteral("The peer showed no key.")));
    if (judge(guest->fingerprint) == Verdict::Accept)
        return upgrader.handleConnection(guest->socket);
    refuse(name, unknownPeer(identity.fingerprint(), guest->fingerprint, addressText(name.first, name.second)));
}

void WebSocketServer::Private::refuse(const PeerName &name, const Error &why)
{
    const auto it = guests.constFind(name);
    if (it == guests.cend())
        return;
    const Guest guest = *it;
    guests.erase(it);
    guest.socket->disconnect(q);
    // This may be a signal of the socket, and Qt's TLS goes on working with it.
    QMetaObject::invokeMethod(
        guest.socket,
        [socket = guest.socket] {
            socket->disconnectFromHost();
            socket->deleteLater();
        },
        Qt::QueuedConnection);
    Q_EMIT q->refused(guest.fingerprint, addressText(name.first, name.second), why);
}

void WebSocketServer::Private::upgraded()
{
    while (QWebSocket *raw = upgrader.nextPendingConnection()) {
        WebSocketPointer socket(raw);
        raw->setParent(nullptr);
        const auto guest = guests.take({raw->peerAddress(), raw->peerPort()});
        if (!guest.socket)
            continue;
        guest.socket->disconnect(q);
        guest.socket->setParent(raw);
        delete guest.deadline;
        open(std::move(socket), guest.fingerprint);
    }
}

void WebSocketServer::Private::open(WebSocketPointer socket, const QByteArray &fingerprint)
{
    if (socket->subprotocol() == QLatin1StringView(subprotocol)) {
        Q_EMIT q->accepted(new WebSocketChannel(std::move(socket), identity.fingerprint(), fingerprint));
        return;
    }
    const QString what = QStringLiteral("The subprotocol %1 is required.").arg(QLatin1StringView(subprotocol));
    const QString address = addressText(socket->peerAddress(), socket->peerPort());
    socket->close(QWebSocketProtocol::CloseCodePolicyViolated, what);
    Q_EMIT q->refused(fingerprint, address, Error(ErrorCode::ProtocolError, what));
}

} // namespace drover
