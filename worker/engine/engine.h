// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/grants.h"
#include "protocol/leaseref.h"
#include "protocol/messages.h"
#include "support/clock.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace drover {

//! An executor of the agent, numbered by the engine; never used twice.
using ExecutorId = quint32;

using WorkerToBrokerMessage = std::variant<Offer, Grant, Returned, Started, Finished, Renew, Blocked, Resumed,
                                           Suspended, Submit, Cancel, Watch, StreamItems>;
using WorkerToExecutorMessage =
    std::variant<Assign, Stop, TakeBack, Accepted, SubmitRefused, Duplicate, TaskResult, StreamCredit>;

// What the engine wants done. The driver carries actions out in their order.
struct TellBroker
{
    BrokerSession session = 0;
    WorkerToBrokerMessage message;
};
struct DropSession //!< replaced by a newer one, or silent
{
    BrokerSession session = 0;
    Error error;
};
struct TellExecutor
{
    ExecutorId executor = 0;
    WorkerToExecutorMessage message;
};
struct StartExecutor //!< answered by executorReady() or executorDied()
{
    ExecutorId executor = 0;
};
struct RetireExecutor //!< close its pipe; nothing more is heard of it
{
    ExecutorId executor = 0;
};
struct KillExecutor //!< answered by executorDied()
{
    ExecutorId executor = 0;
};
struct StartCommand //!< answered by commandFinished()
{
    LeaseRef lease;
    Payload arguments;
};
struct StopCommand //!< answered by commandFinished()
{
    LeaseRef lease;
    bool force = false; //!< kill at once
};
struct SuspendCommand //!< the program and all that it started stand still, or go on
{
    LeaseRef lease;
    bool on = false;
};
struct SuspendExecutor //!< the same of an executor
{
    ExecutorId executor = 0;
    bool on = false;
};
struct PauseCommand //!< whether its output is to wait in its pipe
{
    LeaseRef lease;
    bool paused = false;
};
struct FetchArguments //!< answered by argumentsFetched()
{
    BrokerSession session = 0;
    LeaseRef lease;
    Payload arguments; //!< names a blob
};
struct SpoolResult //!< keep it on disk: the broker has not acknowledged it
{
    QByteArray broker;
    Finished result;
};
struct UnspoolResult //!< now it has
{
    QByteArray broker;
    LeaseRef lease;
};
struct WorkerEnded
{}; //!< stop() is done: close the links once they are flushed

using WorkerAction = std::variant<TellBroker, DropSession, TellExecutor, StartExecutor, RetireExecutor, KillExecutor,
                                  StartCommand, StopCommand, SuspendCommand, SuspendExecutor, PauseCommand,
                                  FetchArguments, SpoolResult, UnspoolResult, WorkerEnded>;
using WorkerActions = std::vector<WorkerAction>;

//! What a worker offers, and its times and limits.
struct EngineOptions
{
    quint32 slots = 1;
    QStringList tags;
    Id incarnation;
    bool executors = true; //!< false: commands only
    bool commands = true; //!< offers drover.run
    bool suspendsExecutors = true; //!< false: they are threads, or the system cannot
    bool suspendsCommands = true;
    quint32 maxDepth = 64; //!< of tasks submitted by tasks
    quint32 maxLent = 256; //!< slots lent at a time; attempts that block beyond it keep theirs
    quint64 maxResult = maxValue; //!< bytes; an attempt with a greater result fails
    quint32 prefetch = 64; //!< attempts queued in an executor while they are quick
    Milliseconds leaseTime{30'000}; //!< of brokers that say nothing of theirs
    Milliseconds killGrace{1000}; //!< between asking an attempt to stop and killing its executor
    Milliseconds startedAfter{20}; //!< the broker is told of attempts that run longer
    Milliseconds takeBackAfter{50}; //!< what waits longer for its turn goes elsewhere
    Milliseconds surplusAfter{10'000}; //!< an idle executor beyond the slots ends
    Milliseconds streamLinger{30'000}; //!< how long an attempt, and what it told, waits for a reader
    Milliseconds spoolAfter{1000}; //!< a result that is not acknowledged for so long is written to disk
    Milliseconds ackPatience{10'000}; //!< a graceful stop waits so long for the broker to record the last results
};

//! How an executor ended.
struct ExecutorDeath
{
    int signal = 0; //!< 0 = it exited
    int exitCode = 0;
};

//! Decides what a worker runs where, as a pure function of events and time: no socket, process, timer, clock or QObject.
//! Every handler appends to \a actions and returns at once. One thread. Messages of sessions and executors that are
//! gone, or about attempts that are not theirs, are ignored.
class Engine
{
public:
    explicit Engine(EngineOptions options);
    ~Engine();
    Engine(const Engine &) = delete;

    //! What an earlier run of this worker had written to disk for \a broker and was not acknowledged. Before start().
    void resultsFound(const QByteArray &broker, const QList<Finished> &results, MonotonicTime now);
    //! Starts executors ahead of time.
    void start(MonotonicTime now, WorkerActions &actions);
    //! First call: takes nothing new, hands back what has not started, lets the rest finish. Second, or \a graceful false:
    //! ends everything and hands it back. WorkerEnded follows.
    void stop(bool graceful, MonotonicTime now, WorkerActions &actions);

    // Sessions. \a broker names the peer, the same after its restart; a newer session of a broker replaces the older.
    //! \a commands: it may have commands run here, too.
    void brokerConnected(BrokerSession session, const QByteArray &broker, bool commands, MonotonicTime now,
                         WorkerActions &actions);
    void brokerDisconnected(BrokerSession session, MonotonicTime now, WorkerActions &actions);

    // From brokers.
    void handle(BrokerSession from, const Assign &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Demand &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const FinishedAck &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Renewed &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Stop &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Suspend &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const StreamOpen &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const StreamCredit &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const StreamClose &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Accepted &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const SubmitRefused &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Duplicate &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const TaskResult &message, MonotonicTime now, WorkerActions &actions);
    void handle(BrokerSession from, const Unknown &message, MonotonicTime now, WorkerActions &actions);

    //! The arguments, in a file that executors know.
    void argumentsFetched(const LeaseRef &lease, const Result<Payload> &arguments, MonotonicTime now,
                          WorkerActions &actions);

    // Executors.
    void executorReady(ExecutorId executor, const QList<Signature> &functions, MonotonicTime now,
                       WorkerActions &actions);
    //! Starts one executor more, to see whether it now knows more functions than the others.
    void probe(MonotonicTime now, WorkerActions &actions);
    void executorDied(ExecutorId executor, ExecutorDeath death, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Finished &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Returned &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const StreamItems &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Blocked &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Resumed &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Submit &message, MonotonicTime now, WorkerActions &actions);
    void handle(ExecutorId from, const Cancel &message, MonotonicTime now, WorkerActions &actions);

    // Commands.
    void commandOutput(const LeaseRef &lease, StreamItem::Kind kind, QByteArray data, MonotonicTime now,
                       WorkerActions &actions);
    void commandFinished(const Finished &how, MonotonicTime now, WorkerActions &actions);

    //! After a batch of events: promises places to brokers.
    void turn(MonotonicTime now, WorkerActions &actions);
    //! Fires what is due.
    void tick(MonotonicTime now, WorkerActions &actions);
    //! When tick() is next needed; nothing while no time matters.
    std::optional<MonotonicTime> nextTick() const;
    //! None of its attempts runs or waits, and all results are acknowledged or on disk.
    bool isIdle() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
