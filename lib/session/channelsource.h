// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "support/error.h"
#include "support/export.h"
#include "transport/channel.h"

#include <QtCore/QObject>

namespace drover {

//! Where a client or worker gets its channel to a broker from, again and again.
class DROVER_CORE_EXPORT ChannelSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    //! Begins to look for a channel; nothing when it is looking already. To be called again when the channel has gone.
    virtual void start() = 0;
    //! Gives up and rests.
    virtual void stop() = 0;

Q_SIGNALS:
    //! The receiver owns \a channel, and connects to its signals in this slot. Never emitted inside start().
    void opened(drover::Channel *channel);
    //! One round failed; the next begins in \a pause unless stop() is called.
    void failed(const drover::Error &error, drover::Milliseconds pause);
};

} // namespace drover
