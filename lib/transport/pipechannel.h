// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "transport/channel.h"

#include <memory>

QT_FORWARD_DECLARE_CLASS(QProcess)

namespace drover {

//! Frames to the standard input and from the standard output of a child process, in the form of FrameDecoder.
//! It closes when the child closes its output or ends. Neither close() nor abort() ends the child; close() ends its input.
class DROVER_CORE_EXPORT PipeChannel final : public Channel
{
    Q_OBJECT
public:
    //! \a process is started (or will be) by the caller with separate channels; it stays the caller's and outlives this.
    explicit PipeChannel(QProcess *process, QObject *parent = nullptr);
    ~PipeChannel() override;

    void send(QByteArray frame) override;
    qint64 bytesToSend() const override;
    void close(const QString &reason = {}) override;
    void abort() override;
    bool isOpen() const override;
    QString peerAddress() const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
