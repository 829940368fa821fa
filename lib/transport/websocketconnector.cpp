// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/websocketconnector.h"

#include "transport/confinement.h"
#include "transport/websocketchannel_p.h"
#include "transport/websocketserver.h"

#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkRequest>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocketHandshakeOptions>

namespace drover {

namespace {

using namespace std::chrono_literals;

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
constexpr auto socketFailed = &QWebSocket::errorOccurred;
#else
constexpr auto socketFailed = QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error);
#endif

bool isNetworkError(QAbstractSocket::SocketError error)
{
    return error != QAbstractSocket::SslHandshakeFailedError && error != QAbstractSocket::SslInternalError
        && error != QAbstractSocket::SslInvalidUserDataError;
}

QUrl urlOf(const QString &host, quint16 port)
{
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(host);
    url.setPort(port);
    url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace

struct Q_DECL_HIDDEN WebSocketConnector::Private
{
    WebSocketConnector *q;
    TlsIdentity identity;
    Judge judge;
    Milliseconds timeout = 10s;
    WebSocketPointer socket{};
    QTimer deadline{nullptr};
    QString target{};
    QByteArray peer{};

    void start(const QUrl &url);
    void connected();
    void end(const Error &error);
    Error whyFailed(QAbstractSocket::SocketError error) const;
};

WebSocketConnector::WebSocketConnector(TlsIdentity identity, Judge judge, QObject *parent)
    : QObject(parent), d(new Private{this, std::move(identity), std::move(judge)})
{
    d->deadline.setSingleShot(true);
    connect(&d->deadline, &QTimer::timeout, this, [this] {
        d->end(Error(ErrorCode::Unavailable,
                     QStringLiteral("%1 did not answer within %2 ms.").arg(d->target).arg(d->timeout.count()))
                   .setTransient());
    });
}

WebSocketConnector::~WebSocketConnector()
{
    if (!d->socket)
        return;
    d->socket->disconnect(this);
    d->socket->abort();
}

void WebSocketConnector::setTimeout(Milliseconds timeout)
{
    d->timeout = timeout;
}

void WebSocketConnector::open(const QString &host, quint16 port)
{
    d->target = host + u':' + QString::number(port);
    const QUrl url = urlOf(host, port);
    if (const Result<void> allowed = checkTarget(host); !allowed)
        return d->end(allowed.error());
    if (const Result<void> ready = prepareTls(); !ready)
        return d->end(ready.error());
    if (url.host().isEmpty() || port == 0)
        return d->end(Error(ErrorCode::InvalidArgument, QStringLiteral("\"%1\" is no host and port.").arg(d->target)));
    d->start(url);
}

void WebSocketConnector::Private::start(const QUrl &url)
{
    socket.reset(new QWebSocket);
    WebSocketChannel::prepare(socket.get());
    socket->setProxy(QNetworkProxy::NoProxy);
    socket->setSslConfiguration(tlsConfiguration(identity));
    connect(socket.get(), &QWebSocket::sslErrors, q, [this](const QList<QSslError> &errors) {
        const QList<QSslError> harmless = ignorable(errors);
        if (harmless.size() != errors.size())
            return;
        peer = fingerprintOf(errors.first().certificate());
        socket->ignoreSslErrors(harmless);
    });
    connect(socket.get(), &QWebSocket::connected, q, [this] { connected(); });
    // comes before the error that explains it
    const auto closed = [this] {
        if (socket)
            end(whyFailed(QAbstractSocket::RemoteHostClosedError));
    };
    connect(socket.get(), &QWebSocket::disconnected, q, closed, Qt::QueuedConnection);
    connect(socket.get(), socketFailed, q, [this](QAbstractSocket::SocketError error) { end(whyFailed(error)); });
    deadline.start(timeout);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString::fromLatin1(subprotocol)});
    socket->open(QNetworkRequest(url), options);
}

void WebSocketConnector::Private::connected()
{
    peer = fingerprintOf(socket->sslConfiguration().peerCertificate());
    if (judge(peer) != Verdict::Accept) {
        socket->disconnect(q);
        socket->close(QWebSocketProtocol::CloseCode(CloseCode::NotTrusted), QStringLiteral("not trusted"));
        return end(unknownPeer(identity.fingerprint(), peer, target));
    }
    if (socket->subprotocol() != QLatin1StringView(subprotocol))
        return end(Error(ErrorCode::ProtocolError,
                         QStringLiteral("%1 does not speak %2.").arg(target, QLatin1StringView(subprotocol))));
    deadline.stop();
    socket->disconnect(q);
    Q_EMIT q->opened(new WebSocketChannel(std::move(socket), identity.fingerprint(), peer));
}

void WebSocketConnector::Private::end(const Error &error)
{
    deadline.stop();
    if (socket) {
        socket->disconnect(q);
        socket.reset();
    }
    QMetaObject::invokeMethod(
        q, [this, error] { Q_EMIT q->failed(error); }, Qt::QueuedConnection);
}

Error WebSocketConnector::Private::whyFailed(QAbstractSocket::SocketError error) const
{
    if (error == QAbstractSocket::ConnectionRefusedError && !peer.isEmpty())
        return Error(ErrorCode::ProtocolError,
                     QStringLiteral("%1 refused the session: %2.").arg(target, socket->errorString()));
    if (!peer.isEmpty())
        return refusedByPeer(identity.fingerprint(), peer, target);
    if (isNetworkError(error))
        return Error(ErrorCode::Unavailable,
                     WebSocketConnector::tr("%1 cannot be reached: %2.").arg(target, socket->errorString()))
            .setTransient()
            .setDetail(QStringLiteral("refused"), error == QAbstractSocket::ConnectionRefusedError);
    return Error(ErrorCode::ProtocolError,
                 QStringLiteral("What answers at %1 does not speak TLS 1.3 as Drover does: %2.")
                     .arg(target, socket->errorString()));
}

} // namespace drover
