// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"

#include <QtCore/QHash>

namespace drover {

//! Who watches which task.
class WatchBook
{
public:
    struct Watcher
    {
        SessionId session = 0;
        bool changes = false; //!< wants each Changed
        bool result = false; //!< wants the settled TaskResult
        bool promised = false; //!< which was promised in the answer to a submit: no Unwatch ends that
    };

    void add(const TaskId &id, Watcher watcher);
    void remove(const TaskId &id, SessionId session);
    //! The session wants to hear no more of it, except what was promised.
    void unwatch(const TaskId &id, SessionId session);
    void removeTask(const TaskId &id) { m_watchers.remove(id); }
    void removeSession(SessionId session);
    bool isEmpty() const { return m_watchers.isEmpty(); }
    QList<Watcher> of(const TaskId &id) const { return m_watchers.value(id); }

private:
    QHash<TaskId, QList<Watcher>> m_watchers;
};

} // namespace drover
