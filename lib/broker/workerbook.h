// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/livetask.h"
#include "broker/schedulerevents.h"
#include "broker/taskclass.h"
#include "support/fault.h"
#include "task/signature.h"

#include <map>

namespace drover {

//! What is known of one worker, by its key. Kept for one lease time after its link was lost.
struct Worker
{
    QByteArray fingerprint;
    QString name;
    QString address;
    Id incarnation;
    SessionId session = 0; //!< 0 = not connected
    bool offered = false; //!< on this session
    bool stopping = false;
    quint32 slots = 0;
    QStringList tags; //!< sorted
    QList<Signature> functions;
    QHash<QString, QList<quint64>> hashes; //!< of the functions, by name
    quint64 granted = 0; //!< assigns, on this session
    quint64 assigned = 0;
    quint32 demand = 0; //!< as last sent
    quint64 lastServed = 0;
    std::vector<LiveTask *> leases;
    quint32 suspects = 0; //!< among these, those that are blocked apart
    MonotonicTime heard; //!< last renewal, or when the link was lost
    std::optional<MonotonicTime> checkAt; //!< when a lease may have ended
    qint64 sinceMs = 0; //!< UTC, of the last change of connection
    quint64 done = 0;

    quint64 room() const
    {
        const quint64 allowed = granted + DROVER_FAULT(AssignsBeyondGrant);
        return session && offered && !stopping && allowed > assigned ? allowed - assigned : 0;
    }
    quint32 busy() const; //!< slots taken
    //! Whether it has the function with this signature and all the tags.
    bool fits(const TaskClass &taskClass) const;
    void offer(quint32 count, QStringList newTags, QList<Signature> newFunctions);

private:
    struct Fit
    {
        quint64 serial = 0;
        bool fits = false;
    };
    bool judge(const TaskClass &taskClass) const;
    mutable std::vector<Fit> m_fits; // by TaskClass::number
};

//! All workers, and what they offer together.
class WorkerBook
{
public:
    using All = std::map<QByteArray, Worker>;

    Worker *find(const QByteArray &fingerprint);
    //! Makes it when it is not known.
    Worker &worker(const QByteArray &fingerprint) { return m_workers[fingerprint]; }
    void remove(const QByteArray &fingerprint);
    All &all() { return m_workers; }
    const All &all() const { return m_workers; }

    void attach(LiveTask *task, Worker &worker, MonotonicTime now, Milliseconds leaseTime);
    void detach(LiveTask *task);
    //! A task with a worker: whether it waits for its children.
    void setBlocked(LiveTask &task, bool blocked);

    //! To be called when an offer changed.
    void touch() { ++m_version; }
    //! Whether workers have the function, but none with the signature the class asks for.
    bool isMismatched(TaskClass &taskClass) const;
    //! The signature that is offered under \a name.
    const Signature *signature(const QString &name) const;

private:
    All m_workers;
    quint64 m_version = 1;
};

} // namespace drover
