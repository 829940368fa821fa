// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/embeddedsource.h"

#include "transport/memorychannel.h"

namespace drover {

namespace {

constexpr Milliseconds againPause{3000};

} // namespace

EmbeddedSource::EmbeddedSource(BrokerOptions options, QObject *parent)
    : ChannelSource(parent), m_options(std::move(options))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &EmbeddedSource::launch);
    m_thread.setObjectName(QStringLiteral("drover broker"));
    launch(); // before the thread begins, which so sees all of it
    m_thread.start();
}

// The broker ends while its loop turns: sockets that it leaves to deleteLater() would outlive a thread that ends with it.
EmbeddedSource::~EmbeddedSource()
{
    auto *last = new QObject;
    last->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, last, &QObject::deleteLater);
    QMetaObject::invokeMethod(last, [last, broker = m_broker, thread = &m_thread] {
        delete broker;
        QMetaObject::invokeMethod(
            last, [thread] { thread->quit(); }, Qt::QueuedConnection);
    });
    m_thread.wait();
}

void EmbeddedSource::launch()
{
    m_broker = new Broker(m_options);
    connect(m_broker, &Broker::failed, this, [this](const Error &error) { brokerFailed(error); });
    m_broker->moveToThread(&m_thread);
    QMetaObject::invokeMethod(m_broker, [this, broker = m_broker] {
        const auto how = broker->start();
        QMetaObject::invokeMethod(this, [this, how] { started(how); });
    });
}

void EmbeddedSource::started(const Result<void> &how)
{
    m_running = how.has_value();
    if (m_running)
        open();
    else
        brokerFailed(how.error());
}

void EmbeddedSource::brokerFailed(const Error &error)
{
    m_running = false;
    if (Broker *broken = std::exchange(m_broker, nullptr)) {
        broken->disconnect(this);
        broken->deleteLater();
    }
    const bool mayHeal = error.code() == ErrorCode::StorageFailed || error.isTransient();
    if (mayHeal)
        m_again.start(againPause);
    Q_EMIT failed(error, mayHeal ? againPause : Milliseconds::zero());
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
    if (!m_running)
        return;
    auto [mine, theirs] = makeMemoryPair();
    theirs->moveToThread(&m_thread);
    const auto channel = std::make_shared<std::unique_ptr<Channel>>(std::move(theirs));
    QMetaObject::invokeMethod(m_broker,
                              [broker = m_broker, channel] { broker->accept(std::move(*channel), Role::Admin); });
    Q_EMIT opened(mine.release());
}

} // namespace drover
