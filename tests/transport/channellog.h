// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/channel.h"

#include <QtCore/QList>

namespace drover {

//! Everything that a channel told, in order. Destroyed before or after the channel.
class ChannelLog : public QObject
{
public:
    explicit ChannelLog(Channel *channel)
    {
        connect(channel, &Channel::received, this, [this](const QByteArray &frame) { frames += frame; });
        connect(channel, &Channel::sent, this, [this] { ++sentCount; });
        connect(channel, &Channel::closed, this, [this](const Error &why) { closed += why; });
    }

    QString closeCode() const
    {
        return closed.size() == 1 ? toString(closed.first().code()) : QStringLiteral("not closed once");
    }
    QString closeMessage() const { return closed.isEmpty() ? QString() : closed.first().message(); }

    QList<QByteArray> frames;
    QList<Error> closed;
    int sentCount = 0;
};

} // namespace drover
