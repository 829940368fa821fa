// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/grants.h"

#include <limits>

namespace drover {

void GrantBook::demand(BrokerSession session, quint32 tasks)
{
    if (const auto share = m_shares.find(session); share != m_shares.end())
        share->second.demand = tasks;
}

bool GrantBook::assigned(BrokerSession session)
{
    const auto share = m_shares.find(session);
    if (share == m_shares.end())
        return false;
    const bool promised = share->second.outstanding() > 0;
    ++share->second.assigned;
    return promised;
}

quint32 GrantBook::limitOf(const Share &share) const
{
    return m_shares.size() == 1 ? std::numeric_limits<quint32>::max() : share.demand;
}

// What is promised already stays so where it can, else a broker would lose its turn before its assign is here.
quint32 GrantBook::keepPromises(quint32 free)
{
    for (auto &[session, share] : m_shares) {
        share.target = qMin(free, qMin(share.outstanding(), limitOf(share)));
        free -= share.target;
    }
    return free;
}

void GrantBook::giveInTurns(quint32 free)
{
    if (m_shares.size() == 1) {
        m_shares.begin()->second.target += free;
        return;
    }
    quint32 idle = 0;
    auto at = m_shares.upper_bound(m_lastServed);
    while (free > 0 && idle < m_shares.size()) {
        if (at == m_shares.end())
            at = m_shares.begin();
        Share &share = at->second;
        if (share.target < limitOf(share)) {
            ++share.target;
            --free;
            idle = 0;
            m_lastServed = at->first;
        } else {
            ++idle;
        }
        ++at;
    }
}

QList<GrantBook::Change> GrantBook::distribute(quint32 free)
{
    QList<Change> changes;
    if (m_shares.empty())
        return changes;
    const BrokerSession lastServed = m_lastServed;
    giveInTurns(keepPromises(free));
    bool raised = false;
    for (auto &[session, share] : m_shares) {
        const quint32 outstanding = share.outstanding();
        const bool rise = share.target > outstanding && outstanding * 2 <= share.target;
        if (!rise && share.target >= outstanding)
            continue;
        raised |= rise;
        share.granted = share.assigned + share.target;
        changes.append({session, share.granted});
    }
    if (!raised)
        m_lastServed = lastServed;
    return changes;
}

} // namespace drover
