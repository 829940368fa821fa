// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "discovery/discovery.h"
#include "session/dialer.h"
#include "trust/truststore.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <memory>

namespace drover {

//! Keeps a channel to each trusted worker that discovery knows, and says of the others, once each, why not.
class WorkerDialer : public QObject
{
    Q_OBJECT
public:
    WorkerDialer(TlsIdentity identity, TrustStore trust, Discovery *discovery, QObject *parent);
    ~WorkerDialer() override;

    //! The channel of the peer with \a key has closed: dial again while it is announced.
    void channelClosed(const QByteArray &key);
    //! Who answered at \a key, for refused(): a given address has neither key nor name before.
    void met(const QByteArray &key, const QByteArray &fingerprint, const QString &name);
    //! Looks again at workers that were not trusted.
    void review();

Q_SIGNALS:
    //! The receiver owns \a channel; \a key is for channelClosed().
    void opened(drover::Channel *channel, const QByteArray &key);
    //! The machine answers, but nothing listens there any more: proof that this agent is dead. Once for each that was met().
    void refused(const QByteArray &fingerprint, const QString &name);

private:
    void appeared(const Peer &peer);
    void vanished(const Peer &peer);
    void dial(const Peer &peer);
    Verdict judge(const Peer &peer, const QByteArray &fingerprint) const;

    struct Known
    {
        Peer peer;
        QByteArray fingerprint; //!< of who answered
        QString name;
        std::unique_ptr<Dialer> dialer;
        bool open = false;
        bool vanished = false; //!< no longer announced, kept while the channel is open
    };
    void forget(QHash<QByteArray, std::shared_ptr<Known>>::iterator known);

    TlsIdentity m_identity;
    TrustStore m_trust;
    QHash<QByteArray, std::shared_ptr<Known>> m_known;
    QHash<QByteArray, Peer> m_strangers;
};

} // namespace drover
