// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/agentlinks_p.h"

#include "discovery/peer.h"
#include "support/logging.h"
#include "trust/identity.h"

namespace drover {

namespace {

constexpr quint16 brokerPort = 29468; // where brokers listen unless told otherwise

} // namespace

AgentLinks::AgentLinks(const AgentOptions &options, Id incarnation, QObject *parent)
    : QObject(parent), m_options(options), m_incarnation(incarnation),
      m_trust(trustFile(options.home, QStringLiteral("worker")))
{}

AgentLinks::~AgentLinks()
{
    for (const auto &[session, open] : m_links) {
        open.link->disconnect(this);
        delete open.link;
    }
}

Result<void> AgentLinks::start()
{
    for (const auto step : {&AgentLinks::prepare, &AgentLinks::listen}) {
        if (Result<void> done = (this->*step)(); !done)
            return done;
    }
    for (const QString &address : m_options.brokers) {
        if (Result<void> done = dial(address); !done)
            return done;
    }
    return {};
}

Result<void> AgentLinks::prepare()
{
    if (Result<void> ready = prepareTls(); !ready)
        return ready;
    if (Result<void> known = introduce(m_options.home); !known)
        return known;
    const Result<Identity> identity = Identity::loadOrCreate(identityFolder(m_options.home), QStringLiteral("worker"));
    if (!identity)
        return fail(identity.error());
    Result<TlsIdentity> tls = TlsIdentity::fromPem(identity->certificatePem(), identity->keyPem());
    if (!tls)
        return fail(tls.error());
    m_identity = *std::move(tls);
    m_fingerprint = identity->fingerprint();
    m_watcher = std::make_unique<TrustWatcher>(m_trust.file());
    connect(m_watcher.get(), &TrustWatcher::changed, this, &AgentLinks::reviewTrust);
    return {};
}

Roles AgentLinks::granted(const QByteArray &fingerprint) const
{
    const Result<TrustEntry> entry = m_trust.find(fingerprint);
    if (!entry && entry.error().code() != ErrorCode::NotTrusted)
        qCWarning(logTrust).noquote() << entry.error().message();
    return entry ? entry->roles : Roles();
}

// A broker brings the tasks of others: it needs the right to submit them here.
Verdict AgentLinks::judge(const QByteArray &fingerprint) const
{
    return permits(granted(fingerprint), Role::Submit) ? Verdict::Accept : Verdict::Refuse;
}

Result<void> AgentLinks::listen()
{
    m_server = std::make_unique<WebSocketServer>(m_identity,
                                                 [this](const QByteArray &fingerprint) { return judge(fingerprint); });
    connect(m_server.get(), &WebSocketServer::accepted, this, [this](Channel *channel) { adopt(channel); });
    connect(m_server.get(), &WebSocketServer::refused, this,
            [](const QByteArray &, const QString &address, const Error &why) {
                qCWarning(logTrust).noquote() << address << "was refused:" << why.message();
            });
    const Result<quint16> port = m_server->listen(m_options.listenAddress, m_options.port);
    return port ? Result<void>() : fail(port.error());
}

Result<void> AgentLinks::dial(const QString &address)
{
    QString text = address;
    if (text.startsWith(QLatin1String("drover://")))
        text = text.mid(9);
    const Result<Peer> peer = peerFromAddress(text, QStringLiteral("broker"), brokerPort);
    if (!peer)
        return fail(peer.error());
    const Target target{peer->hosts, peer->port};
    Dialled &dialled = *m_dialled.emplace_back(std::make_unique<Dialled>());
    dialled.dialer = std::make_unique<Dialer>(
        m_identity, [this](const QByteArray &fingerprint) { return judge(fingerprint); }, [target] { return target; });
    connect(dialled.dialer.get(), &Dialer::opened, this, [this, &dialled](Channel *channel) {
        Link *link = adopt(channel);
        connect(link, &Link::closed, this, [this, &dialled] {
            if (!m_resting)
                dialled.dialer->start();
        });
    });
    connect(dialled.dialer.get(), &Dialer::failed, this, [address](const Error &why, Milliseconds pause) {
        qCInfo(logSession).noquote() << address << "cannot be reached:" << why.message() << "- again in"
                                     << pause.count() << "ms";
    });
    dialled.dialer->start();
    return {};
}

Link *AgentLinks::adopt(Channel *channel)
{
    LinkSettings settings;
    settings.self = Party::Worker;
    settings.peers = {Party::Broker};
    settings.name = m_options.name;
    settings.incarnation = m_incarnation;
    const Roles granted = this->granted(channel->peerFingerprint());
    settings.granted = granted;
    auto *link = new Link(std::unique_ptr<Channel>(channel), settings);
    const BrokerSession session = ++m_lastSession;
    m_links.emplace(session, Open{link, granted});
    connect(link, &Link::ready, this, [this, session, link, granted] { Q_EMIT opened(session, link, granted); });
    connect(link, &Link::closed, this, [this, session, link](const Error &why) {
        qCInfo(logSession).noquote() << "session" << session << "with" << link->peerAddress()
                                     << "ended:" << why.message();
        m_links.erase(session);
        link->deleteLater();
        Q_EMIT closed(session);
    });
    return link;
}

Link *AgentLinks::find(BrokerSession session) const
{
    const auto found = m_links.find(session);
    return found == m_links.end() ? nullptr : found->second.link;
}

void AgentLinks::drop(BrokerSession session, const Error &why)
{
    if (Link *link = find(session))
        link->refuse(why);
}

void AgentLinks::reviewTrust()
{
    const auto links = m_links;
    for (const auto &[session, open] : links) {
        const QByteArray key = open.link->peerFingerprint();
        if (judge(key) == Verdict::Refuse)
            open.link->refuse(
                Error(ErrorCode::NotTrusted, QStringLiteral("This worker does not trust this key any more")));
        else if (granted(key) != open.granted)
            open.link->refuse(Error(ErrorCode::Unavailable, QStringLiteral("This key may do something else now")));
    }
}

void AgentLinks::rest()
{
    m_resting = true;
    if (m_server)
        m_server->stop();
    for (const auto &dialled : m_dialled)
        dialled->dialer->stop();
}

void AgentLinks::closeAll()
{
    const auto links = m_links;
    for (const auto &[session, open] : links)
        open.link->close();
}

} // namespace drover
