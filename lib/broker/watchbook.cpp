// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/watchbook.h"

#include <algorithm>

namespace drover {

void WatchBook::add(const TaskId &id, Watcher watcher)
{
    QList<Watcher> &watchers = m_watchers[id];
    for (Watcher &known : watchers) {
        if (known.session == watcher.session) {
            known.changes |= watcher.changes;
            known.result |= watcher.result;
            known.promised |= watcher.promised;
            return;
        }
    }
    watchers.append(watcher);
}

void WatchBook::remove(const TaskId &id, SessionId session)
{
    const auto it = m_watchers.find(id);
    if (it == m_watchers.end())
        return;
    it->removeIf([session](const Watcher &watcher) { return watcher.session == session; });
    if (it->isEmpty())
        m_watchers.erase(it);
}

void WatchBook::unwatch(const TaskId &id, SessionId session)
{
    const auto it = m_watchers.find(id);
    if (it == m_watchers.end())
        return;
    const auto watcher =
        std::find_if(it->begin(), it->end(), [session](const Watcher &known) { return known.session == session; });
    if (watcher != it->end() && watcher->promised)
        watcher->changes = false;
    else
        remove(id, session);
}

void WatchBook::removeSession(SessionId session)
{
    for (auto it = m_watchers.begin(); it != m_watchers.end();) {
        it->removeIf([session](const Watcher &watcher) { return watcher.session == session; });
        it = it->isEmpty() ? m_watchers.erase(it) : std::next(it);
    }
}

} // namespace drover
