// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "monitor/rowbook.h"
#include "support/export.h"

namespace drover {

//! How many rows a Monitor keeps of each broker.
struct MonitorLimits
{
    qsizetype live = 10'000; //!< unfinished tasks
    qsizetype ended = 2'000; //!< finished tasks, the last ones
    qsizetype asked = 512; //!< tasks that have left the live table and whose end is being asked for
};

//! The tasks of one broker as a monitor shows them: the bounded live table, and those that ended while it watched. Pure.
class DROVER_CLIENT_EXPORT TaskBook
{
public:
    TaskBook(int broker, MonitorLimits limits) : m_rows(broker), m_limits(limits) {}

    //! A snapshot: what was live and is not in it has ended.
    void reset(const QList<TaskInfo> &tasks);
    void put(const TaskInfo &task);
    //! It has left the live table; also one that came and went between two looks.
    void leave(const QByteArray &id);
    //! What the broker says of one that left, or of one that ended before.
    void learn(const TaskInfo &task);
    //! Nobody knows it, or knows what became of it.
    void forget(const QByteArray &id);

    bool isTruncated() const { return m_truncated; }
    qsizetype live() const { return m_live.size(); } //!< unfinished rows
    bool hasChanges() const { return m_rows.hasChanges() || !m_left.isEmpty(); }
    void changeAll() { m_rows.changeAll(); }
    RowChanges<TaskInfo> takeChanges() { return m_rows.takeChanges(); }
    //! Those whose end should be asked for. learn() or forget() answers.
    QList<TaskId> takeLeft();

private:
    void addEnded(const QByteArray &id);

    RowBook<TaskInfo> m_rows;
    MonitorLimits m_limits;
    QSet<QByteArray> m_live;
    QList<QByteArray> m_ended; //!< oldest first
    QList<QByteArray> m_left;
    bool m_truncated = false;
};

} // namespace drover
