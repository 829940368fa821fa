// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/scheduler.h"

#include <QtCore/QSet>

#include <functional>
#include <map>

namespace drover {

//! Live tables for those who watch: a snapshot first, numbered deltas after it, and a new snapshot for a reader that is
//! behind, so that a slow reader costs nobody memory. Pure.
class Feeds
{
public:
    using Message = std::variant<Snapshot, Delta>;
    using Send = std::function<void(SessionId session, const Message &message)>;

    explicit Feeds(const Scheduler &scheduler) : m_scheduler(scheduler) {}

    void subscribe(SessionId session, const Subscribe &message);
    void unsubscribe(SessionId session, const Unsubscribe &message) { m_readers.erase({session, message.table}); }
    void forget(SessionId session);
    bool isEmpty() const { return m_readers.empty(); }

    //! Notes what has changed; sent by the next publish().
    void changed(const Scheduler::Changes &changes);
    //! Sends each reader what it has not seen and has credit for.
    void publish(const Send &send);

private:
    struct Reader
    {
        quint64 credit = 0;
        quint64 used = 0;
        quint64 number = 0;
        bool behind = true; //!< needs a snapshot
    };
    using Rows = std::map<QByteArray, QByteArray>; //!< empty = removed

    QList<QByteArray> allRows(SessionId session, Table table) const;
    Rows changedRows(Table table) const;
    Rows changedBatches(SessionId session) const;
    void sendSnapshot(SessionId session, Table table, Reader &reader, const Send &send) const;
    void sendDelta(SessionId session, Table table, Reader &reader, const Rows &rows, const Send &send) const;

    const Scheduler &m_scheduler;
    std::map<std::pair<SessionId, Table>, Reader> m_readers;
    QSet<TaskId> m_tasks;
    QSet<QByteArray> m_workers;
    QSet<QString> m_queues;
    QSet<TaskId> m_batches;
};

} // namespace drover
