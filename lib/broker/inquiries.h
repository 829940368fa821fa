// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"
#include "broker/store.h"
#include "task/queueinfo.h"
#include "task/workerinfo.h"

namespace drover {

//! Answers what clients ask about tasks and functions.
class Inquiries
{
public:
    explicit Inquiries(Desk &desk) : m_desk(desk) {}

    void handle(SessionId from, const Watch &message);
    void handle(SessionId from, const Unwatch &message);
    void handle(SessionId from, const ShowTask &message);
    void handle(SessionId from, const Describe &message);

    //! \a owner: whose tasks; all when empty.
    void list(SessionId from, const ListTasks &message, const QByteArray &owner);
    //! The store has the list: what is known better here is filled in.
    void listed(const TasksListed &reply);

    TaskInfo describe(const LiveTask &task) const;
    TaskInfo describe(const StoredTask &task) const; //!< one that is on disk only
    WorkerInfo describe(const Worker &worker) const;
    QList<QueueInfo> queues() const;

private:
    struct List
    {
        SessionId from = 0;
        ListTasks question;
    };

    Desk &m_desk;
    quint64 m_lastList = 0;
    QHash<quint64, List> m_lists; //!< that the store is asked for
};

} // namespace drover
