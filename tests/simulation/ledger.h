// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"

#include <deque>
#include <set>
#include <unordered_map>

namespace drover::simulation {

//! What the records say of one task.
struct Facts
{
    StoredTask task; //!< with its last delivery
    std::optional<Ending> ending;
    QList<OrphanInfo> orphans;
    quint32 added = 0; //!< records that added it
    quint32 endings = 0; //!< records that ended it

    const Delivery &delivery() const { return task.delivery; }
    const Options &options() const { return task.submission.options; }
    bool isLeased() const
    {
        const State state = task.delivery.state;
        return !ending && task.delivery.lease
            && (state == State::Received || state == State::Paused || state == State::Cancelling);
    }
};

//! The truth about the tasks of one broker, read off its records by somebody else: what it has written, and what of that is
//! durable. Survives the broker.
class Ledger
{
public:
    using Tasks = std::unordered_map<TaskId, Facts>;

    void write(quint64 number, const Record &record);
    //! All up to \a number is durable.
    void commit(quint64 number);
    //! Loses what is not.
    void crash();

    //! Null when there is no such task.
    const Facts *written(const TaskId &id) const { return find(m_written, id); }
    const Facts *durable(const TaskId &id) const { return find(m_durable, id); }
    const Tasks &written() const { return m_written; }
    const Tasks &durable() const { return m_durable; }
    //! Whether people have paused that queue.
    bool isPaused(const QString &queue) const { return m_writtenPauses.contains(queue); }
    //! Records that the next commits will make durable.
    struct Pending
    {
        quint64 number = 0;
        Record record;
    };
    const std::deque<Pending> &pending() const { return m_pending; }
    //! The number under which the last record about \a id waits for the disk; 0 when none does.
    quint64 pendingNumber(const TaskId &id) const;
    quint64 committed() const { return m_committed; }

private:
    static const Facts *find(const Tasks &tasks, const TaskId &id);
    static void apply(Tasks &tasks, std::set<QString> &pauses, const Record &record);

    Tasks m_written;
    Tasks m_durable;
    std::set<QString> m_writtenPauses;
    std::set<QString> m_durablePauses;
    std::deque<Pending> m_pending;
    quint64 m_committed = 0;
};

//! The task that \a record is about; null for one about a batch.
TaskId taskOf(const Record &record);

} // namespace drover::simulation
