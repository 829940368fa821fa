// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/ownership.h"

namespace drover {

bool Ownership::reachesAll(SessionId from) const
{
    const PeerSession *peer = m_desk.sessions.find(from);
    return !peer || peer->worker || peer->everyTask;
}

bool Ownership::owns(SessionId from, const QByteArray &owner) const
{
    const PeerSession *peer = m_desk.sessions.find(from);
    return peer && peer->owner == owner;
}

void Ownership::check(SessionId from, const TaskId &id, std::function<void()> reach, std::function<void()> refuse)
{
    if (reachesAll(from))
        return reach();
    if (const LiveTask *task = m_desk.find(id))
        return owns(from, task->stored.lane.owner) ? reach() : refuse();
    m_desk.lookups.find(id, [this, from, reach, refuse](const TaskFound &found) {
        bool mine = true; // of an unknown task the part itself says so
        if (const auto *stored = std::get_if<StoredTask>(&found.task))
            mine = owns(from, stored->lane.owner);
        else if (const auto *finished = std::get_if<FinishedTask>(&found.task))
            mine = owns(from, finished->task.lane.owner);
        mine ? reach() : refuse();
    });
}

} // namespace drover
