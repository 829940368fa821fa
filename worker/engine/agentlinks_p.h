// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/agent.h"
#include "session/dialer.h"
#include "session/link.h"
#include "transport/websocketserver.h"
#include "trust/truststore.h"
#include "trust/trustwatcher.h"

#include <map>

namespace drover {

//! The agent's links with brokers, those that dial in and those that it dials, numbered as sessions.
class AgentLinks : public QObject
{
    Q_OBJECT
public:
    AgentLinks(const AgentOptions &options, Id incarnation, QObject *parent = nullptr);
    ~AgentLinks() override;

    Result<void> start();
    //! Accepts and dials no more.
    void rest();
    void closeAll();

    Link *find(BrokerSession session) const;
    void drop(BrokerSession session, const Error &why);
    bool isEmpty() const { return m_links.empty(); }
    quint16 port() const { return m_server ? m_server->port() : 0; }
    const QByteArray &fingerprint() const { return m_fingerprint; }

Q_SIGNALS:
    //! \a granted: what the broker may do here.
    void opened(quint64 session, drover::Link *link, drover::Roles granted);
    void closed(quint64 session);

private:
    struct Dialled
    {
        std::unique_ptr<Dialer> dialer;
    };

    Result<void> prepare();
    Result<void> listen();
    Result<void> dial(const QString &address);
    Roles granted(const QByteArray &fingerprint) const;
    Verdict judge(const QByteArray &fingerprint) const;
    Link *adopt(Channel *channel);
    void reviewTrust();

    const AgentOptions &m_options;
    Id m_incarnation;
    QByteArray m_fingerprint;
    TlsIdentity m_identity;
    TrustStore m_trust;
    std::unique_ptr<TrustWatcher> m_watcher;
    std::unique_ptr<WebSocketServer> m_server;
    std::vector<std::unique_ptr<Dialled>> m_dialled;
    struct Open
    {
        Link *link = nullptr;
        Roles granted;
    };
    std::map<BrokerSession, Open> m_links;
    BrokerSession m_lastSession = 0;
    bool m_resting = false;
};

} // namespace drover
