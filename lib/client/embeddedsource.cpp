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
    connect(&m_thread, &QThread::finished, m_broker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(m_broker, [this, broker = m_broker] {
        const auto started = broker->start();
        QMetaObject::invokeMethod(this, [this, started] {
            if (started)
                open();
            else
                Q_EMIT failed(started.error(), Milliseconds::zero());
        });
    });
}

EmbeddedSource::~EmbeddedSource()
{
    m_thread.quit();
    m_thread.wait();
}

void EmbeddedSource::start()
{
    // The broker is asked for a channel once it runs, and a channel within the process is never lost.
}

void EmbeddedSource::open()
{
    auto [mine, theirs] = makeMemoryPair();
    theirs->moveToThread(&m_thread);
    QMetaObject::invokeMethod(m_broker, [broker = m_broker, channel = theirs.release()] {
        broker->accept(std::unique_ptr<Channel>(channel), Role::Admin);
    });
    Q_EMIT opened(mine.release());
}

} // namespace drover
