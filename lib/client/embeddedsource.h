// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/broker.h"
#include "session/channelsource.h"

#include <QtCore/QThread>
#include <QtCore/QTimer>

namespace drover {

//! Channels to a broker of its own, which runs on a thread of its own as long as this lives. A broker whose store fails (disk full,
//! in use) is closed, failed() says why, and it is opened again every few seconds.
class EmbeddedSource final : public ChannelSource
{
    Q_OBJECT
public:
    explicit EmbeddedSource(BrokerOptions options, QObject *parent = nullptr);
    ~EmbeddedSource() override;

    void start() override;
    void stop() override {}

private:
    void launch();
    void started(const Result<void> &how);
    void brokerFailed(const Error &error);
    void open();

    BrokerOptions m_options;
    QThread m_thread;
    Broker *m_broker = nullptr; //!< lives in m_thread; only that thread touches it once it runs
    QTimer m_again;
    bool m_running = false;
};

} // namespace drover
