// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/channel.h"

namespace drover {

Channel::Channel(QObject *parent) : QObject(parent) {}

Channel::~Channel() = default;

QByteArray Channel::peerFingerprint() const
{
    return {};
}

Error frameTooLarge()
{
    return Error(ErrorCode::TooLarge,
                 QStringLiteral("A frame is larger than the limit of %1 MiB.").arg(maxFrameSize / 1024 / 1024));
}

} // namespace drover
