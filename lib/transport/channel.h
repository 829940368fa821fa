// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"
#include "support/export.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QString>

namespace drover {

//! Frames larger than this are neither sent nor taken.
inline constexpr qint64 maxFrameSize = 32 * 1024 * 1024;

//! The error of such a frame: TooLarge, naming the limit.
Error frameTooLarge();

//! Opaque binary messages ("frames") to and from one peer, whole and in order. Owned by whoever got it; lives in one
//! thread with an event loop and is used in that thread only. It may be destroyed inside any of its signals.
class DROVER_CORE_EXPORT Channel : public QObject
{
    Q_OBJECT
public:
    explicit Channel(QObject *parent = nullptr);
    ~Channel() override;

    //! Queues \a frame. A frame beyond maxFrameSize closes the channel with TooLarge; when not open, it is dropped.
    virtual void send(QByteArray frame) = 0;
    //! Bytes queued and not yet with the system (or the other end of a pair). Unbounded: the caller watches it.
    virtual qint64 bytesToSend() const = 0;
    //! Sends what is queued, then closes; the peer gets \a reason. Nothing is received any more. Keep the object until
    //! closed(): destroying it earlier may lose what is queued.
    virtual void close(const QString &reason = {}) = 0;
    //! Closes at once; what is queued is lost.
    virtual void abort() = 0;
    //! False from close() or abort() on, and once the peer has gone.
    virtual bool isOpen() const = 0;

    //! For people and logs: "192.168.1.7:4711", "pair", "process 4711".
    virtual QString peerAddress() const = 0;
    //! 32 bytes, SHA-256 of the peer's certificate; empty for pairs and pipes.
    virtual QByteArray peerFingerprint() const;

Q_SIGNALS:
    void received(const QByteArray &frame);
    //! bytesToSend() has shrunk.
    void sent();
    //! Exactly once, never inside a call of this object's functions, and nothing after it. The code is None after this
    //! side's close() or abort(); Unavailable (transient) when the peer closed, its reason as message, or the network
    //! failed; ProtocolError or TooLarge when one side broke the format; NotTrusted when the peer refused this key.
    void closed(const drover::Error &why);
};

} // namespace drover
