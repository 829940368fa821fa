// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/channel.h"

#include <QtCore/QPointer>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslSocket>
#include <QtWebSockets/QWebSocket>

#include <memory>

namespace drover {

//! Numbers of close frames, in the range that RFC 6455 leaves to applications. Qt reports a cut connection as 1000.
enum class CloseCode : quint16 {
    Closed = 4000, //!< close(), with its reason
    NotTrusted = 4001, //!< the sender does not trust the receiver's key
};

//! The WebSocket may still be on the stack when its owner lets go of it.
struct DeleteLater
{
    void operator()(QObject *object) const { object->deleteLater(); }
};
using WebSocketPointer = std::unique_ptr<QWebSocket, DeleteLater>;

//! "192.168.1.7:4711", "[fe80::1%eth0]:4711"
QString addressText(const QHostAddress &address, quint16 port);

//! NotTrusted: the peer at \a address does not know this machine's key \a own; the remedy is done there.
Error refusedByPeer(const QByteArray &own, const QByteArray &peer, const QString &address);
//! NotTrusted: the key \a peer is not known here; the remedy is done here.
Error unknownPeer(const QByteArray &own, const QByteArray &peer, const QString &address);

//! A channel over an open WebSocket.
class WebSocketChannel final : public Channel
{
    Q_OBJECT
public:
    WebSocketChannel(WebSocketPointer socket, QByteArray ownFingerprint, QByteArray peerFingerprint);
    ~WebSocketChannel() override;

    //! Sets the limits that a socket must have before it opens.
    static void prepare(QWebSocket *socket);

    void send(QByteArray frame) override;
    qint64 bytesToSend() const override;
    void close(const QString &reason = {}) override;
    void abort() override;
    bool isOpen() const override { return m_open; }
    QString peerAddress() const override { return m_address; }
    QByteArray peerFingerprint() const override { return m_peerFingerprint; }

private:
    void closeWith(CloseCode code, const QString &reason, const Error &why);
    void closeWhenFlushed();
    void closeSocket();
    void end(const Error &why);
    Error whyDisconnected() const;

    WebSocketPointer m_socket;
    QPointer<QSslSocket> m_tls; // goes when the connection does
    QByteArray m_ownFingerprint;
    QByteArray m_peerFingerprint;
    QString m_address;
    std::optional<Error> m_why;
    CloseCode m_closeCode = CloseCode::Closed;
    QString m_closeReason;
    bool m_open = true;
    bool m_closing = false;
    bool m_ended = false;
};

} // namespace drover
