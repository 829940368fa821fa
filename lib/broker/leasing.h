// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/canceller.h"

namespace drover {

//! What workers say: offers, grants, renewals and how attempts end; and what becomes of leases when they fall silent.
class Leasing
{
public:
    Leasing(Desk &desk, TaskStates &states, Canceller &canceller)
        : m_desk(desk), m_states(states), m_canceller(canceller)
    {}

    void connected(SessionId session, const QByteArray &fingerprint, const QString &name, const QString &address,
                   const Id &incarnation);
    void disconnected(SessionId session, Worker &worker);
    //! Proof of death: all leases of \a worker end.
    void died(Worker &worker);
    //! A lease that a store remembers; its time starts anew.
    void recover(LiveTask &task);

    void handle(SessionId from, const Offer &message);
    void handle(SessionId from, const Grant &message);
    void handle(SessionId from, const Started &message);
    void handle(SessionId from, const Finished &message);
    void handle(SessionId from, const Returned &message);
    void handle(SessionId from, const Renew &message);
    void handle(SessionId from, const Blocked &message);
    void handle(SessionId from, const Resumed &message);
    void handle(SessionId from, const Suspended &message);

    //! Ends the leases whose time is over and forgets workers that are gone.
    void expire();
    //! Gives every lease its full time again: the broker itself was asleep.
    void renewAll();
    std::optional<MonotonicTime> nextExpiry() const;

private:
    LiveTask *held(SessionId from, const TaskId &id, const Token &token);
    void present(Worker &worker, const HeldLease &held);
    void adopt(Worker &worker, LiveTask &task, const HeldLease &held);
    void endUnpresented(Worker &worker, const QList<HeldLease> &held);
    void resendResults(const LiveTask &parent, SessionId session);
    bool isLast(const LiveTask &task, const Worker &worker, const Token &token) const;
    static bool isHeld(const LiveTask &task, const Worker &worker, const Token &token);
    Milliseconds leaseTime(const LiveTask &task) const;
    void finish(Worker &worker, LiveTask *task, SessionId from, const Finished &message);
    void keepOrphan(const Worker &worker, const Finished &message, const Delivery &delivery, const Ending *ending);
    void acknowledge(SessionId session, const TaskId &id, const Token &token);
    void expire(Worker &worker);
    void tellLost(const LiveTask &task);
    void loseAll(Worker &worker, const QString &why);
    void withdrawUnsent(Worker &worker);

    Desk &m_desk;
    TaskStates &m_states;
    Canceller &m_canceller;
};

} // namespace drover
