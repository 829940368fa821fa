// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/dialer.h"

#include "transport/websocketconnector.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>

#include <algorithm>

namespace drover {

namespace {

constexpr Milliseconds firstPause{100};
constexpr Milliseconds longestPause{5000};
constexpr qint64 provenMs = 1000;

} // namespace

class Q_DECL_HIDDEN Dialer::Private
{
public:
    Private(Dialer *owner, TlsIdentity own, Judge decide, Where find)
        : q(owner), identity(std::move(own)), judge(std::move(decide)), where(std::move(find))
    {}

    void round();
    void tryNext(const Error &last);
    void opened(Channel *channel);
    void roundFailed(const Error &error);
    Milliseconds nextPause();

    Dialer *q;
    TlsIdentity identity;
    Judge judge;
    Where where;
    Target target;
    qsizetype nextHost = 0;
    std::unique_ptr<WebSocketConnector> connector;
    QTimer pauseTimer;
    QElapsedTimer sinceOpened;
    Milliseconds pause = firstPause;
    bool active = false;
};

void Dialer::Private::round()
{
    auto found = where();
    if (!found)
        return roundFailed(found.error());
    target = *found;
    nextHost = 0;
    tryNext(Error(ErrorCode::NotFound, QStringLiteral("No address is known to dial")).setTransient());
}

void Dialer::Private::tryNext(const Error &last)
{
    if (nextHost >= target.hosts.size())
        return roundFailed(last);
    if (connector)
        connector.release()->deleteLater();
    connector = std::make_unique<WebSocketConnector>(identity, judge);
    connect(connector.get(), &WebSocketConnector::opened, q, [this](Channel *channel) { opened(channel); });
    connect(connector.get(), &WebSocketConnector::failed, q, [this](const Error &error) { tryNext(error); });
    connector->open(target.hosts.at(nextHost++), target.port);
}

void Dialer::Private::opened(Channel *channel)
{
    connector.release()->deleteLater();
    active = false;
    sinceOpened.start();
    Q_EMIT q->opened(channel);
}

void Dialer::Private::roundFailed(const Error &error)
{
    if (connector)
        connector.release()->deleteLater();
    const Milliseconds wait = nextPause();
    pauseTimer.start(wait);
    Q_EMIT q->failed(error, wait);
}

Milliseconds Dialer::Private::nextPause()
{
    const Milliseconds wait = pause + Milliseconds(QRandomGenerator::global()->bounded(int(pause.count() / 4) + 1));
    pause = std::min(pause * 2, longestPause);
    return wait;
}

Dialer::Dialer(TlsIdentity identity, Judge judge, Where where, QObject *parent)
    : ChannelSource(parent), d(std::make_unique<Private>(this, std::move(identity), std::move(judge), std::move(where)))
{
    d->pauseTimer.setSingleShot(true);
    connect(&d->pauseTimer, &QTimer::timeout, this, [this] { d->round(); });
}

Dialer::~Dialer() = default;

void Dialer::start()
{
    if (std::exchange(d->active, true))
        return;
    const bool proven = !d->sinceOpened.isValid() || d->sinceOpened.elapsed() >= provenMs;
    if (proven)
        d->pause = firstPause;
    d->pauseTimer.start(proven ? Milliseconds(0) : d->nextPause());
}

void Dialer::stop()
{
    d->active = false;
    d->pauseTimer.stop();
    if (d->connector)
        d->connector.release()->deleteLater();
}

bool Dialer::isActive() const
{
    return d->active;
}

} // namespace drover
