// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/streamrouter.h"

namespace drover {

//! The steps a task can take, each with its record, messages and timers. Whether a step is right is the callers' business.
class TaskStates
{
public:
    TaskStates(Desk &desk, StreamRouter &streams) : m_desk(desk), m_streams(streams) {}

    //! A task that was just admitted takes up the state it is stored with, Pending, Scheduled or Retry.
    void place(LiveTask &task);
    void lease(LiveTask &task, Worker &worker);
    //! A worker shows that it holds this lease: of a waiting task, or one leased to it.
    void adopt(LiveTask &task, Worker &worker, const HeldLease &held);
    void started(LiveTask &task);
    //! The lease was given back: free, at the old turn, the token is dead.
    void giveBack(LiveTask &task);
    //! The lease ended without a word: free, at the old turn; its token is good until the next lease.
    void lose(LiveTask &task, const QString &why);
    //! The attempt failed: runs again or ends.
    void fail(LiveTask &task, Error error, bool blamed, const QString &log = {});
    void succeed(LiveTask &task, Payload value, const QString &log = {});
    //! Ends what waits, asks the worker to stop what runs.
    void cancel(LiveTask &task);
    //! The same, but what runs is not asked.
    void kill(LiveTask &task);
    //! What waits is held; the worker of what runs is asked to let it stand still.
    void pause(LiveTask &task);
    //! Ends a pause, or takes it out of the trash.
    void resume(LiveTask &task);
    //! The worker says whether it stands still, and if it cannot, why.
    void suspended(LiveTask &task, bool on, const QString &why);
    //! What waits goes into the trash.
    void trash(LiveTask &task);
    //! Tells workers of the leases in Desk::assignable.
    void assignDurable();
    //! Its eta or the end of its backoff has come.
    void due(LiveTask &task);
    //! The same because somebody asks for it: recorded, since the time has not come.
    void hurry(LiveTask &task);
    //! Reminds of the deadline of the whole task.
    void watchDeadline(LiveTask &task);
    //! Ends it when its deadline, its time in the trash or, not begun, its time to begin is over; true if so.
    bool expire(LiveTask &task);
    void end(LiveTask &task, State state, Outcome outcome);

private:
    static constexpr Milliseconds longestBackoff{3600 * 1000};

    void queue(LiveTask &task);
    void waitForTime(LiveTask &task);
    void waitAgain(LiveTask &task);
    void park(LiveTask &task, State state);
    void assign(LiveTask &task);
    void requestStop(LiveTask &task);
    void askToStop(const LiveTask &task);
    void missDeadline(LiveTask &task);
    static Error revoked(Reason reason, const QString &message);
    void leaveState(LiveTask &task);
    void record(const LiveTask &task);
    void record(const LiveTask &task, QueueDurability need);
    void closeAttempt(LiveTask &task, State state, Error error, const QString &log = {});
    void retryLater(LiveTask &task);
    void supersede(const LiveTask &task, const Worker &next);
    void stopFormer(const LiveTask &task);
    void notify(LiveTask &task);

    Desk &m_desk;
    StreamRouter &m_streams;
};

} // namespace drover
