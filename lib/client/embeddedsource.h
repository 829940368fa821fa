// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/broker.h"
#include "session/channelsource.h"

#include <QtCore/QThread>

namespace drover {

//! Channels to a broker of its own, which runs on a thread of its own as long as this lives.
class EmbeddedSource final : public ChannelSource
{
    Q_OBJECT
public:
    explicit EmbeddedSource(BrokerOptions options, QObject *parent = nullptr);
    ~EmbeddedSource() override;

    void start() override;
    void stop() override {}

private:
    void open();

    QThread m_thread;
    Broker *m_broker; //!< lives in m_thread; only that thread touches it once it runs
    bool m_running = false;
};

} // namespace drover
