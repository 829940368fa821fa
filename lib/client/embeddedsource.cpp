// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/embeddedsource.h"

#include "transport/memorychannel.h"

namespace drover {

EmbeddedSource::EmbeddedSource(BrokerOptions options, QObject *parent)
    : ChannelSource(parent), m_broker(new Broker(std::move(options)))
{
    m_thread.setObjectName(QStringLiteral("drover broker"));
    m_broker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_broker, [this, broker = m_broker] {
        const auto started = broker->start();
        QMetaObject::invokeMethod(this, [this, started] {
            m_running = started.has_value();
            if (m_running)
                open();
            else
                Q_EMIT failed(started.error(), Milliseconds::zero());
        });
    });
}

// The broker ends while its loop turns: sockets that it leaves to deleteLater() would outlive a thread that ends with it.
EmbeddedSource::~EmbeddedSource()
{
    auto *last = new QObject;
    last->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, last, &QObject::deleteLater);
    connect(
        m_broker, &QObject::destroyed, last, [thread = &m_thread] { thread->quit(); }, Qt::QueuedConnection);
    m_broker->deleteLater();
    m_thread.wait();
}

void EmbeddedSource::start()
{
    // The first channel comes once the broker runs.
    if (m_running)
        QMetaObject::invokeMethod(
            this, [this] { open(); }, Qt::QueuedConnection);
}

void EmbeddedSource::open()
{
    auto [mine, theirs] = makeMemoryPair();
    theirs->moveToThread(&m_thread);
    const auto channel = std::make_shared<std::unique_ptr<Channel>>(std::move(theirs));
    QMetaObject::invokeMethod(m_broker,
                              [broker = m_broker, channel] { broker->accept(std::move(*channel), Role::Admin); });
    Q_EMIT opened(mine.release());
}

} // namespace drover
