// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/pipechannel.h"

#include "transport/framedecoder.h"

#include <QtCore/QPointer>
#include <QtCore/QProcess>

namespace drover {

struct Q_DECL_HIDDEN PipeChannel::Private
{
    PipeChannel *q;
    QPointer<QProcess> process;
    FrameDecoder decoder;
    bool open = true;
    bool ended = false;
    bool closing = false;

    void read()
    {
        const QPointer<PipeChannel> self(q);
        if (!process)
            return;
        const QByteArray bytes = process->readAllStandardOutput();
        if (open)
            decoder.feed(bytes);
        while (self && open) {
            const Result<std::optional<QByteArray>> frame = decoder.next();
            if (!frame)
                return end(frame.error());
            if (!*frame)
                return;
            Q_EMIT q->received(**frame);
        }
    }

    void end(const Error &why)
    {
        open = false;
        if (std::exchange(ended, true))
            return;
        QMetaObject::invokeMethod(
            q, [this, why] { Q_EMIT q->closed(why); }, Qt::QueuedConnection);
    }

    void endOfStream(const QString &what)
    {
        const QPointer<PipeChannel> self(q);
        read();
        if (self)
            end(closing ? Error() : Error(ErrorCode::Unavailable, what).setTransient());
    }
};

PipeChannel::PipeChannel(QProcess *process, QObject *parent)
    : Channel(parent), d(new Private{this, process, FrameDecoder()})
{
    connect(process, &QProcess::readyReadStandardOutput, this, [this] { d->read(); });
    connect(process, &QProcess::bytesWritten, this, &Channel::sent);
    connect(process, &QProcess::readChannelFinished, this,
            [this] { d->endOfStream(QStringLiteral("The process closed its output.")); });
    connect(process, &QProcess::finished, this, [this] { d->endOfStream(QStringLiteral("The process ended.")); });
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            d->end(Error(ErrorCode::Unavailable, d->process->errorString()));
    });
    if (process->bytesAvailable() > 0)
        QMetaObject::invokeMethod(
            this, [this] { d->read(); }, Qt::QueuedConnection);
}

PipeChannel::~PipeChannel() = default;

void PipeChannel::send(QByteArray frame)
{
    if (!d->open || !d->process)
        return;
    if (frame.size() > maxFrameSize)
        return d->end(frameTooLarge());
    QByteArray length;
    appendLength(length, frame.size());
    d->process->write(length);
    d->process->write(frame);
}

qint64 PipeChannel::bytesToSend() const
{
    return d->process ? d->process->bytesToWrite() : 0;
}

void PipeChannel::close(const QString &)
{
    if (!d->open)
        return;
    d->open = false;
    d->closing = true;
    if (!d->process || d->process->state() == QProcess::NotRunning)
        return d->end(Error());
    d->process->closeWriteChannel();
}

void PipeChannel::abort()
{
    d->end(Error());
}

bool PipeChannel::isOpen() const
{
    return d->open;
}

QString PipeChannel::peerAddress() const
{
    return QStringLiteral("process %1").arg(d->process ? d->process->processId() : 0);
}

} // namespace drover
