// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/children.h"
#include "engine/engine.h"
#include "engine/executors.h"
#include "engine/leases.h"
#include "support/fault.h"
#include "task/command.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <deque>
#include <limits>

namespace drover {

class Engine::Private
{
public:
    using Stage = HeldAttempt::Stage;
    using Ending = HeldAttempt::Ending;

    struct Session
    {
        BrokerSession id = 0;
        QByteArray broker;
        bool commands = false; //!< it may have them run
        bool offered = false;
        quint64 renewals = 0; //!< sent
        std::deque<MonotonicTime> unanswered; //!< when the last ones were sent, those without an answer
        MonotonicTime nextRenewal{};
    };

    //! What a broker says of the leases it gives, also while there is no session.
    struct Standing
    {
        Milliseconds leaseTime{0}; //!< 0 = not said
        MonotonicTime renewedAt{}; //!< when the last renewal was sent that it has answered
    };

    //! News for an attempt that lent its slot and has to wait for one before it goes on.
    struct Resumption
    {
        LeaseRef parent;
        WorkerToExecutorMessage message;
    };

    //! A result that was sent and is perhaps acknowledged.
    struct Awaited
    {
        LeaseRef ref;
        MonotonicTime sentAt{};
    };

    //! One event: its time and what comes of it.
    struct Turn
    {
        MonotonicTime now;
        WorkerActions &actions;

        template <typename A> void act(A action) const { actions.emplace_back(std::move(action)); }
    };

    explicit Private(EngineOptions o) : options(std::move(o)) {}

    // engine.cpp: sessions and offers
    Session *session(BrokerSession id);
    void tell(BrokerSession session, WorkerToBrokerMessage message, Turn turn);
    void tell(const QByteArray &broker, WorkerToBrokerMessage message, Turn turn);
    void tell(const ExecutorState &executor, WorkerToExecutorMessage message, Turn turn);
    Offer offerFor(const Session &session) const;
    void offer(Session &session, Turn turn);
    void offerAll(Turn turn);
    void present(Session &session, Turn turn);
    void dropReaders(const QByteArray &broker, Turn turn);

    // enginebrokers.cpp: attempts as brokers see them
    HeldAttempt *owned(BrokerSession from, const LeaseRef &ref);
    HeldAttempt *owned(BrokerSession from, TaskId id);
    void stopAttempt(HeldAttempt &attempt, Ending ending, bool force, Turn turn);
    void flushStream(HeldAttempt &attempt, Turn turn);
    void holdReader(HeldAttempt &attempt, Turn turn);
    void accept(HeldAttempt &attempt, BrokerSession from, Turn turn);
    void admit(HeldAttempt &attempt, Turn turn);
    void release(HeldAttempt &attempt, Turn turn);

    // placement.cpp: which attempt runs where
    quint32 busySlots() const { return executors.active() + quint32(commands.size()); }
    bool isSlotFree() const { return busySlots() < options.slots + DROVER_FAULT(OneSlotTooMany); }
    quint32 freePlaces() const;
    quint32 window() const;
    bool isQuick(const QString &function) const;
    void setStage(HeldAttempt &attempt, Stage stage, MonotonicTime now);
    void enqueue(HeldAttempt &attempt, bool first, Turn turn);
    void place(Turn turn);
    bool placeOne(HeldAttempt &attempt, Turn turn);
    void give(ExecutorState &executor, HeldAttempt &attempt, Turn turn);
    void begin(HeldAttempt &attempt, Turn turn);
    void runNext(ExecutorState &executor, Turn turn);
    void keepExecutors(Turn turn);
    void startExecutor(Turn turn);
    void retireIdle(bool all, Turn turn);
    void takeBackWaiting(ExecutorState &executor, Turn turn);
    void leave(HeldAttempt &attempt, Turn turn);
    void finish(HeldAttempt &attempt, Finished how, Turn turn);
    void finish(HeldAttempt &attempt, Error error, Turn turn);
    void handBack(HeldAttempt &attempt, Returned::Why why, Turn turn);
    void drop(HeldAttempt &attempt, Turn turn);
    void learn(const QString &function, double durationUs);
    void ended(HeldAttempt &attempt, ExecutorDeath death, Turn turn);

    // enginechildren.cpp: tasks submitted by attempts
    void deliver(const LeaseRef &parent, WorkerToExecutorMessage message, Turn turn);
    void resume(ExecutorState &executor, HeldAttempt &attempt, Turn turn);
    void serveResumptions(Turn turn);

    // enginecontrol.cpp: attempts that stand still, and those that end with their lease
    void standStill(HeldAttempt &attempt, Turn turn);
    void goOn(HeldAttempt &attempt, Turn turn);
    void serveSuspensions(ExecutorId id, Turn turn);
    Milliseconds leaseTimeOf(const QByteArray &broker) const;
    MonotonicTime leaseEnd(const HeldAttempt &attempt) const;
    void endLostLeases(Turn turn);
    void confirm(HeldAttempt &attempt, Session &session, Turn turn);
    void confirmAll(Session &session, Turn turn);
    void confirmed(const Session &session, quint64 number, MonotonicTime sentAt, Turn turn);
    bool isSafe(const HeldAttempt &attempt);
    void admitNext(TaskId id, Turn turn);

    // enginespool.cpp: results that wait for their acknowledgement
    void awaitAcknowledgement(HeldAttempt &attempt, Turn turn);
    void spool(HeldAttempt &attempt, Turn turn);
    void spoolAll(const QByteArray &broker, Turn turn);
    void spoolLate(Turn turn);
    void unspool(HeldAttempt &attempt, Turn turn);

    // enginetime.cpp
    template <typename F> void forEachRunning(F &&fn); //!< the first of each executor, and the commands
    void watchRunning(HeldAttempt &attempt, Turn turn);
    void notQuick(const QString &function);
    void returnLateOnes(Turn turn);
    std::optional<MonotonicTime> firstReturnable(); //!< since when it waits
    void renew(Session &session, Turn turn);
    void sendRenewal(Session &session, Turn turn);
    void dropOldStreams(Turn turn);
    void dropHeldReaders(Turn turn);
    void checkEnd(Turn turn);
    void handBackAll(Turn turn);

    EngineOptions options;
    const QString commandFunction = runCommand.name();
    std::map<BrokerSession, Session> sessions;
    QHash<QByteArray, BrokerSession> current; //!< the session of each broker
    GrantBook grants;
    HeldLeases leases;
    ExecutorTable executors;
    ChildTasks children;
    std::deque<LeaseRef> queue; //!< attempts without a place; entries may be stale
    std::deque<Resumption> resumptions;
    std::deque<Awaited> unacknowledged; //!< in the order of sentAt; entries may be stale
    MonotonicTime spoolCheckAt{}; //!< when these are looked at
    qsizetype spooled = 0; //!< attempts whose result is on disk
    QList<LeaseRef> commands; //!< running
    QList<LeaseRef> lingering; //!< acknowledged, with a reader that is behind
    QList<LeaseRef> exclusive; //!< entries may be stale
    QHash<QByteArray, Standing> standings; //!< by broker
    QList<LeaseRef> holding; //!< with a reader whose link is lost; entries may be stale
    QList<Signature> functions;
    QSet<QString> functionNames;
    bool functionsKnown = false;
    quint32 open = 0; //!< attempts that wait or run, blocked ones not counted
    quint32 preparing = 0; //!< attempts in that stage: they take no place, up to the number of slots
    QHash<QString, double> durations; //!< recent mean per function, microseconds
    double recentUs = std::numeric_limits<double>::infinity();
    bool stopping = false;
    bool forced = false;
    bool over = false;
    std::optional<MonotonicTime> idleSince; //!< stopping and nothing runs
};

} // namespace drover
