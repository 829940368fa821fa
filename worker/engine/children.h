// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "protocol/messages/accepted.h"
#include "protocol/messages/submit.h"

#include <QtCore/QHash>

#include <map>
#include <unordered_map>

namespace drover {

//! A task that an attempt on this worker submitted and has no result of.
struct ChildTask
{
    Submit submit; //!< as sent to the broker; without arguments once accepted
    QByteArray broker;
    LeaseRef parent;
    quint32 executor = 0;
    quint64 executorSeq = 0; //!< its number on the executor's pipe
    bool accepted = false;
    bool finished = false; //!< only its acceptance is still waited for

    bool isOver() const { return accepted && finished; }
};

//! The tasks that attempts submitted, until their results are there. Submits are numbered per broker, as each broker counts them.
class ChildTasks
{
public:
    ChildTask &add(Submit submit, const QByteArray &broker, const LeaseRef &parent, quint32 executor);
    //! Those executors that wait for the result of \a id at \a broker; by value, so that they can be forgotten meanwhile.
    QList<ChildTask> waitingFor(TaskId id, const QByteArray &broker) const;
    ChildTask *bySeq(const QByteArray &broker, quint64 seq);
    //! What of \a range was not accepted before. A submit is repeated until it is accepted, whatever became of its parent.
    QList<ChildTask> accept(const QByteArray &broker, const SeqRange &range);
    //! From now on its results come under \a existing.
    void rename(const QByteArray &broker, quint64 seq, TaskId existing);

    //! The result is there.
    void finish(TaskId id, const QByteArray &broker);
    //! It was refused.
    void forget(const QByteArray &broker, quint64 seq);
    //! Nobody waits for the children of \a parent any more.
    void orphan(const LeaseRef &parent);
    //! All of \a broker, in the order of submission.
    QList<ChildTask> of(const QByteArray &broker) const;
    bool isEmpty() const { return m_children.empty(); }

private:
    using Key = std::pair<QByteArray, quint64>; // broker, number

    using Iterator = std::map<Key, ChildTask>::iterator;

    Iterator erase(Iterator child);
    void dropId(TaskId id, const Key &key);

    std::map<Key, ChildTask> m_children;
    std::unordered_multimap<TaskId, Key> m_byId;
    QHash<QByteArray, quint64> m_lastSeq;
};

} // namespace drover
