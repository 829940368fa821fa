// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/websocketchannel_p.h"

#include "support/fingerprint.h"

#include <QtCore/QTimer>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto flushPatience = 10s;
constexpr qsizetype longestReason = 123; // of a close frame, RFC 6455

QString cut(const QString &reason)
{
    QString result = reason;
    while (result.toUtf8().size() > longestReason)
        result.chop(result.back().isLowSurrogate() ? 2 : 1);
    return result;
}

Error keyError(const QString &text, const QByteArray &own, const QByteArray &peer)
{
    return Error(ErrorCode::NotTrusted, text)
        .setDetail(QStringLiteral("own"), QString::fromLatin1(own.toHex()))
        .setDetail(QStringLiteral("peer"), QString::fromLatin1(peer.toHex()));
}

} // namespace

QString addressText(const QHostAddress &address, quint16 port)
{
    bool isMapped = false;
    const QHostAddress v4(address.toIPv4Address(&isMapped));
    const QHostAddress plain = isMapped ? v4 : address;
    const QString host =
        plain.protocol() == QAbstractSocket::IPv6Protocol ? QStringLiteral("[%1]") : QStringLiteral("%1");
    return host.arg(plain.toString()) + u':' + QString::number(port);
}

Error refusedByPeer(const QByteArray &own, const QByteArray &peer, const QString &address)
{
    return keyError(QStringLiteral("%1 does not trust this side's key. This side's key is %2, the other's is %3. "
                                   "To trust it, run on the other side: drover trust add %4")
                        .arg(address, fingerprintText(own), fingerprintText(peer), QString::fromLatin1(own.toHex())),
                    own, peer);
}

Error unknownPeer(const QByteArray &own, const QByteArray &peer, const QString &address)
{
    return keyError(QStringLiteral("The key of %1 is not trusted here. Its key is %2, this side's is %3. "
                                   "If that is the right key, run here: drover trust add %4")
                        .arg(address, fingerprintText(peer), fingerprintText(own), QString::fromLatin1(peer.toHex())),
                    own, peer);
}

void WebSocketChannel::prepare(QWebSocket *socket)
{
    socket->setMaxAllowedIncomingFrameSize(maxFrameSize);
    socket->setMaxAllowedIncomingMessageSize(maxFrameSize);
}

WebSocketChannel::WebSocketChannel(WebSocketPointer socket, QByteArray ownFingerprint, QByteArray peerFingerprint)
    : m_socket(std::move(socket)), m_tls(m_socket->findChild<QSslSocket *>()),
      m_ownFingerprint(std::move(ownFingerprint)), m_peerFingerprint(std::move(peerFingerprint)),
      m_address(addressText(m_socket->peerAddress(), m_socket->peerPort()))
{
    prepare(m_socket.get());
    m_tls->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &frame) {
        if (m_open)
            Q_EMIT received(frame);
    });
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this, [this] {
        const QString what = QStringLiteral("A text message came where only binary ones are allowed.");
        closeWith(CloseCode(QWebSocketProtocol::CloseCodeDatatypeNotSupported), what,
                  Error(ErrorCode::ProtocolError, what));
    });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] { end(m_why.value_or(whyDisconnected())); });
    connect(m_tls, &QSslSocket::encryptedBytesWritten, this, [this] {
        if (m_closing)
            closeWhenFlushed();
        else if (m_open)
            Q_EMIT sent();
    });
}

WebSocketChannel::~WebSocketChannel()
{
    m_socket->disconnect(this);
    if (m_tls)
        m_tls->disconnect(this);
    if (m_open || m_closing)
        closeSocket();
}

void WebSocketChannel::send(QByteArray frame)
{
    if (!m_open)
        return;
    if (frame.size() > maxFrameSize)
        closeWith(CloseCode(QWebSocketProtocol::CloseCodeTooMuchData), frameTooLarge().message(), frameTooLarge());
    else
        m_socket->sendBinaryMessage(frame);
}

qint64 WebSocketChannel::bytesToSend() const
{
    return m_tls ? m_tls->bytesToWrite() + m_tls->encryptedBytesToWrite() : 0;
}

void WebSocketChannel::close(const QString &reason)
{
    closeWith(CloseCode::Closed, reason, Error());
}

void WebSocketChannel::closeWith(CloseCode code, const QString &reason, const Error &why)
{
    if (!m_open)
        return;
    m_open = false;
    m_closing = true;
    m_why = why;
    m_closeCode = code;
    m_closeReason = cut(reason);
    QTimer::singleShot(flushPatience, this, [this] { m_socket->abort(); });
    closeWhenFlushed();
}

// Goes on reading until all is written: bytes that nobody read would make the system throw away those on their way out.
void WebSocketChannel::closeWhenFlushed()
{
    if (bytesToSend() > 0)
        return;
    m_closing = false;
    closeSocket();
}

// Later, because this may be a signal of the socket, and Qt's TLS goes on working with it.
void WebSocketChannel::closeSocket()
{
    QMetaObject::invokeMethod(
        m_socket.get(),
        [socket = m_socket.get(), code = m_closeCode, reason = m_closeReason] {
            socket->close(QWebSocketProtocol::CloseCode(code), reason);
        },
        Qt::QueuedConnection);
}

void WebSocketChannel::abort()
{
    m_open = false;
    m_closing = false;
    m_why = m_why.value_or(Error());
    QMetaObject::invokeMethod(m_socket.get(), &QWebSocket::abort, Qt::QueuedConnection);
    end(*m_why);
}

void WebSocketChannel::end(const Error &why)
{
    m_open = false;
    m_closing = false;
    if (std::exchange(m_ended, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, why] { Q_EMIT closed(why); }, Qt::QueuedConnection);
}

Error WebSocketChannel::whyDisconnected() const
{
    const int code = m_socket->closeCode();
    const QString reason = m_socket->closeReason();
    if (code == int(CloseCode::NotTrusted))
        return refusedByPeer(m_ownFingerprint, m_peerFingerprint, m_address);
    if (code == int(CloseCode::Closed))
        return Error(ErrorCode::Unavailable,
                     reason.isEmpty() ? QStringLiteral("The other side closed the connection.") : reason)
            .setTransient();
    if (code == QWebSocketProtocol::CloseCodeTooMuchData)
        return frameTooLarge();
    if (code == QWebSocketProtocol::CloseCodeNormal || code == QWebSocketProtocol::CloseCodeGoingAway
        || code == QWebSocketProtocol::CloseCodeAbnormalDisconnection)
        return Error(ErrorCode::Unavailable,
                     QStringLiteral("The connection to %1 was cut: %2").arg(m_address, m_socket->errorString()))
            .setTransient();
    return Error(
        ErrorCode::ProtocolError,
        QStringLiteral("The connection to %1 was closed with number %2: %3").arg(m_address).arg(code).arg(reason));
}

} // namespace drover
