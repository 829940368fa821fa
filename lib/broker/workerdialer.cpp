// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/workerdialer.h"

#include "support/fingerprint.h"
#include "support/logging.h"

namespace drover {

WorkerDialer::WorkerDialer(TlsIdentity identity, TrustStore trust, Discovery *discovery, QObject *parent)
    : QObject(parent), m_identity(std::move(identity)), m_trust(std::move(trust))
{
    connect(discovery, &Discovery::peerAppeared, this, &WorkerDialer::appeared);
    connect(discovery, &Discovery::peerChanged, this, &WorkerDialer::appeared);
    connect(discovery, &Discovery::peerVanished, this, &WorkerDialer::vanished);
}

WorkerDialer::~WorkerDialer() = default;

void WorkerDialer::appeared(const Peer &peer)
{
    if (peer.service != QLatin1String("worker"))
        return;
    const QByteArray key = peer.key();
    if (const auto known = m_known.value(key)) {
        known->peer = peer;
        known->vanished = false;
        return;
    }
    if (peer.fingerprint.isEmpty() || judge(peer, peer.fingerprint) == Verdict::Accept)
        return dial(peer);
    if (!m_strangers.contains(key))
        qCInfo(logBroker).noquote() << "the worker" << peer.name << "is not trusted; to use it: drover trust add"
                                    << QString::fromLatin1(peer.fingerprint.toHex()) << "--roles work";
    m_strangers.insert(key, peer);
}

void WorkerDialer::vanished(const Peer &peer)
{
    m_strangers.remove(peer.key());
    const auto it = m_known.find(peer.key());
    if (it == m_known.end())
        return;
    it.value()->vanished = true;
    if (!it.value()->open)
        forget(it);
}

void WorkerDialer::forget(QHash<QByteArray, std::shared_ptr<Known>>::iterator known)
{
    known.value()->dialer.release()->deleteLater();
    m_known.erase(known);
}

void WorkerDialer::dial(const Peer &peer)
{
    const QByteArray key = peer.key();
    auto known = std::make_shared<Known>();
    known->peer = peer;
    const std::weak_ptr<Known> weak = known;
    known->dialer = std::make_unique<Dialer>(
        m_identity,
        [this, weak](const QByteArray &fingerprint) {
            const auto entry = weak.lock();
            return entry ? judge(entry->peer, fingerprint) : Verdict::Refuse;
        },
        [weak]() -> Result<Target> {
            const auto entry = weak.lock();
            return entry ? Target{entry->peer.hosts, entry->peer.port} : Target{};
        });
    connect(known->dialer.get(), &Dialer::opened, this, [this, key, weak](Channel *channel) {
        if (const auto entry = weak.lock())
            entry->open = true;
        Q_EMIT opened(channel, key);
    });
    connect(known->dialer.get(), &Dialer::failed, this, [this, weak](const Error &error) {
        const auto entry = weak.lock();
        qCInfo(logBroker).noquote() << "worker" << (entry ? entry->peer.name : QString())
                                    << "cannot be reached:" << error.message();
        if (entry && !entry->fingerprint.isEmpty() && error.details().value(QStringLiteral("refused")).toBool())
            Q_EMIT refused(std::exchange(entry->fingerprint, {}), entry->name);
    });
    known->dialer->start();
    m_known.insert(key, std::move(known));
}

Verdict WorkerDialer::judge(const Peer &peer, const QByteArray &fingerprint) const
{
    if (!peer.fingerprint.isEmpty() && peer.fingerprint != fingerprint)
        return Verdict::Refuse;
    const auto entry = m_trust.find(fingerprint);
    return entry && permits(entry->roles, Role::Work) ? Verdict::Accept : Verdict::Refuse;
}

void WorkerDialer::channelClosed(const QByteArray &key)
{
    const auto it = m_known.find(key);
    if (it == m_known.end())
        return;
    it.value()->open = false;
    if (it.value()->vanished)
        forget(it);
    else
        it.value()->dialer->start();
}

void WorkerDialer::met(const QByteArray &key, const QByteArray &fingerprint, const QString &name)
{
    if (const auto known = m_known.value(key)) {
        known->fingerprint = fingerprint;
        known->name = name;
    }
}

void WorkerDialer::review()
{
    const auto strangers = std::exchange(m_strangers, {});
    for (const Peer &peer : strangers)
        appeared(peer);
}

} // namespace drover
