// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/memorychannel.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>

#include <algorithm>
#include <deque>
#include <mutex>

namespace drover {

namespace {

constexpr QEvent::Type wakeType = QEvent::User;

// What the two ends share. An end's entry holds what the other one has put there for it.
struct Shared
{
    struct End
    {
        Channel *object = nullptr;
        std::deque<QByteArray> inbox;
        qint64 bytes = 0;
        bool woken = false;
        bool taken = false;
        std::optional<Error> ended;
    };

    // With the mutex held.
    static void wake(End &end)
    {
        if (!end.object || end.woken)
            return;
        end.woken = true;
        QCoreApplication::postEvent(end.object, new QEvent(wakeType));
    }

    std::mutex mutex;
    End ends[2];
};

class MemoryChannel final : public Channel
{
public:
    MemoryChannel(std::shared_ptr<Shared> shared, int side)
        : m_shared(std::move(shared)), m_own(m_shared->ends[side]), m_peer(m_shared->ends[1 - side])
    {
        m_own.object = this;
    }
    ~MemoryChannel() override
    {
        end(Error(), QStringLiteral("The other end of the pair is gone."), false);
        const std::lock_guard lock(m_shared->mutex);
        m_own.object = nullptr;
        m_own.inbox.clear();
        m_own.bytes = 0;
    }

    void send(QByteArray frame) override;
    qint64 bytesToSend() const override;
    void close(const QString &reason) override;
    void abort() override { end(Error(), QStringLiteral("The connection was cut."), true); }
    bool isOpen() const override { return m_open; }
    QString peerAddress() const override { return QStringLiteral("pair"); }

protected:
    bool event(QEvent *event) override;

private:
    void end(Error own, const QString &toPeer, bool discard);
    bool collect();
    void deliver();

    const std::shared_ptr<Shared> m_shared;
    Shared::End &m_own;
    Shared::End &m_peer;
    std::deque<QByteArray> m_ready;
    std::optional<Error> m_ended;
    bool m_open = true;
    bool m_finished = false;
};

void MemoryChannel::send(QByteArray frame)
{
    if (!m_open)
        return;
    if (frame.size() > maxFrameSize)
        return end(frameTooLarge(), frameTooLarge().message(), false);
    const std::lock_guard lock(m_shared->mutex);
    if (!m_peer.object)
        return;
    m_peer.bytes += frame.size();
    m_peer.inbox.push_back(std::move(frame));
    Shared::wake(m_peer);
}

qint64 MemoryChannel::bytesToSend() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_peer.bytes;
}

void MemoryChannel::close(const QString &reason)
{
    end(Error(), reason.isEmpty() ? QStringLiteral("The other side closed the connection.") : reason, false);
}

void MemoryChannel::end(Error own, const QString &toPeer, bool discard)
{
    if (!m_open)
        return;
    m_open = false;
    const std::lock_guard lock(m_shared->mutex);
    if (discard) {
        m_peer.inbox.clear();
        m_peer.bytes = 0;
    }
    if (!m_peer.ended)
        m_peer.ended = Error(ErrorCode::Unavailable, toPeer).setTransient();
    m_own.ended = std::move(own);
    Shared::wake(m_peer);
    Shared::wake(m_own);
}

bool MemoryChannel::event(QEvent *event)
{
    if (event->type() != wakeType)
        return Channel::event(event);
    const QPointer<MemoryChannel> self(this);
    if (collect() && m_open)
        Q_EMIT sent();
    if (self)
        deliver();
    return true;
}

bool MemoryChannel::collect()
{
    const std::lock_guard lock(m_shared->mutex);
    m_own.woken = false;
    if (!m_own.inbox.empty()) {
        std::ranges::move(m_own.inbox, std::back_inserter(m_ready));
        m_own.inbox.clear();
        m_own.bytes = 0;
        m_peer.taken = true;
        Shared::wake(m_peer);
    }
    m_ended = m_own.ended;
    return std::exchange(m_own.taken, false);
}

void MemoryChannel::deliver()
{
    const QPointer<MemoryChannel> self(this);
    while (m_open && !m_ready.empty()) {
        const QByteArray frame = std::move(m_ready.front());
        m_ready.pop_front();
        Q_EMIT received(frame);
        if (!self)
            return;
    }
    if (!m_ended || m_finished)
        return;
    m_open = false;
    m_finished = true;
    Q_EMIT closed(*m_ended);
}

} // namespace

std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>> makeMemoryPair()
{
    const auto shared = std::make_shared<Shared>();
    auto first = std::make_unique<MemoryChannel>(shared, 0);
    auto second = std::make_unique<MemoryChannel>(shared, 1);
    return {std::move(first), std::move(second)};
}

} // namespace drover
