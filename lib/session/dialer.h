// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/channelsource.h"
#include "support/export.h"
#include "support/result.h"
#include "transport/tls.h"

#include <QtCore/QStringList>

#include <functional>
#include <memory>

namespace drover {

//! Where to dial: hosts of one machine, the best first.
struct Target
{
    QStringList hosts;
    quint16 port = 0;
};

//! Dials until a channel is open, with growing pauses (100 ms to 5 s, a quarter of it random), and rests. Lives in one thread with an
//! event loop.
class DROVER_CORE_EXPORT Dialer : public ChannelSource
{
    Q_OBJECT
public:
    //! Asked before each round, because brokers move; an error counts as a round that failed.
    using Where = std::function<Result<Target>()>;

    Dialer(TlsIdentity identity, Judge judge, Where where, QObject *parent = nullptr);
    ~Dialer() override;

    //! Dials at once. After opened() call it again when the channel has gone; a channel that lived for less than a second counts as
    //! a failure.
    void start() override;
    void stop() override;
    bool isActive() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
