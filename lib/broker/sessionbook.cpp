// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sessionbook.h"

namespace drover {

PeerSession *SessionBook::find(SessionId session)
{
    const auto it = m_sessions.find(session);
    return it == m_sessions.end() ? nullptr : &it->second;
}

SessionId SessionBook::sessionOf(const Id &incarnation) const
{
    const auto it = m_clients.find(incarnation);
    return it == m_clients.end() ? 0 : it->second.session;
}

void SessionBook::forgetClients(qint64 beforeMs)
{
    std::erase_if(m_clients, [beforeMs](const auto &entry) {
        return entry.second.session == 0 && entry.second.lastMs < beforeMs;
    });
}

} // namespace drover
