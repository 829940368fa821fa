// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sessions.h"

#include "support/fingerprint.h"
#include "support/logging.h"

#include <algorithm>

namespace drover {

Sessions::Sessions(LinkSettings settings, Inbox inbox, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_inbox(std::move(inbox))
{}

Sessions::~Sessions() = default;

SessionId Sessions::add(std::unique_ptr<Channel> channel, const QByteArray &owner, Roles granted)
{
    const SessionId id = ++m_last;
    LinkSettings settings = m_settings;
    settings.granted = granted;
    Session session{id, std::make_unique<Link>(std::move(channel), settings), owner, granted, Party::Client};
    Link *link = session.link.get();
    m_sessions.emplace(id, std::move(session));
    connect(link, &Link::ready, this, [this, id, link] {
        m_sessions.at(id).party = link->peer().party;
        link->setInbox([this, id](const RawMessage &message) { m_inbox(m_sessions.at(id), message); });
        Q_EMIT ready(id);
    });
    connect(link, &Link::closed, this, [this, id](const Error &why) { closed(id, why); });
    return id;
}

Sessions::Session *Sessions::find(SessionId id)
{
    const auto it = m_sessions.find(id);
    return it == m_sessions.end() ? nullptr : &it->second;
}

void Sessions::review(const std::function<Roles(const QByteArray &owner)> &roles)
{
    for (auto &[id, session] : m_sessions) {
        const Roles now = roles(session.owner);
        if (session.owner.isEmpty() || now == session.granted)
            continue;
        const QString text = now ? QStringLiteral("What the key %1 may do here has changed; connect again.")
                                 : QStringLiteral("The key %1 is not trusted here any more.");
        session.link->refuse(Error(now ? ErrorCode::Unavailable : ErrorCode::NotTrusted,
                                   text.arg(fingerprintText(session.link->peerFingerprint()))));
    }
}

void Sessions::closeAll()
{
    for (auto &[id, session] : m_sessions)
        session.link->close();
}

void Sessions::refuseAll(const Error &why)
{
    for (auto &[id, session] : m_sessions)
        session.link->refuse(why);
}

bool Sessions::hasClients() const
{
    return std::ranges::any_of(m_sessions, [](const auto &entry) { return entry.second.party != Party::Worker; });
}

void Sessions::closed(SessionId id, const Error &why)
{
    auto node = m_sessions.extract(id);
    if (!node)
        return;
    Link *link = node.mapped().link.release();
    const bool wasReady = link->peer().maxVersion > 0;
    link->deleteLater();
    Q_EMIT left();
    if (wasReady)
        Q_EMIT gone(id, why);
}

} // namespace drover
