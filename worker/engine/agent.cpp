// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/agent.h"

#include "discovery/beacon.h"
#include "discovery/discovery.h"
#include "engine/agentblobs.h"
#include "engine/agentlinks_p.h"
#include "engine/resultspool.h"
#include "engine/scratchspace.h"
#include "execute/commandrunner.h"
#include "execute/executorpool.h"
#include "support/idleness.h"
#include "support/logging.h"

#include <QtCore/QTimer>

#include <map>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto farewell = 5s; // how long the last messages and processes may take

template <typename... F> struct Overloaded : F...
{
    using F::operator()...;
};

//! Decodes \a raw as that one of the messages \a M that it is and hands it to \a handle; others are ignored.
template <Message... M, typename F> Result<void> readAs(const RawMessage &raw, F &&handle)
{
    Result<void> result;
    const auto attempt = [&]<typename One>(std::type_identity<One>) {
        if (raw.kind != One::kind)
            return false;
        if (const Result<One> message = decode<One>(raw))
            handle(*message);
        else
            result = fail(message.error());
        return true;
    };
    (attempt(std::type_identity<M>()) || ...);
    return result;
}

} // namespace

class Q_DECL_HIDDEN Agent::Private
{
public:
    Private(Agent *owner, AgentOptions o);

    void begin();
    void fromBroker(BrokerSession session, const RawMessage &message);
    void fromExecutor(ExecutorId id, const QByteArray &frame);
    void perform();
    void perform(const StartCommand &action);
    void scheduleTurn();
    void turn();
    std::optional<MonotonicTime> watchIdleness(MonotonicTime now);
    void announce();
    void sayGoodbye();
    void checkGone();
    //! Hands an event to the engine and does what it wants.
    template <typename F> void feed(F &&event)
    {
        event(clock.monotonic(), actions);
        perform();
        scheduleTurn();
    }

    Agent *q;
    AgentOptions options;
    Id incarnation;
    SystemClock clock;
    Engine engine;
    WorkerActions actions;
    ScratchSpace scratch;
    AgentBlobs blobs;
    ExecutorPool pool;
    AgentLinks links;
    ResultSpool spool;
    std::unique_ptr<Discovery> discovery;
    std::map<LeaseRef, std::unique_ptr<CommandRunner>> commands;
    Idleness idleness;
    QTimer timer;
    QTimer patience;
    bool turnScheduled = false;
    bool leaving = false;
    bool gone = false;

    static EngineOptions engineOptions(const AgentOptions &options, Id incarnation);
    static ExecutorPoolOptions poolOptions(const AgentOptions &options, const QString &scratch);
    AgentBlobs::Callbacks blobCallbacks();
    void tell(BrokerSession session, const WorkerToBrokerMessage &message);
    template <typename M> void send(BrokerSession session, const M &message)
    {
        if (Link *link = links.find(session))
            link->send(message);
    }
};

EngineOptions Agent::Private::engineOptions(const AgentOptions &options, Id incarnation)
{
    EngineOptions engine = options.engine;
    engine.slots = options.slots;
    engine.tags = options.tags;
    engine.incarnation = incarnation;
    engine.executors = !options.plugins.isEmpty() || options.functions;
    engine.suspendsCommands = canSuspendGroups();
    engine.suspendsExecutors = canSuspendGroups() && !options.functions;
    return engine;
}

ExecutorPoolOptions Agent::Private::poolOptions(const AgentOptions &options, const QString &scratch)
{
    ExecutorPoolOptions pool;
    pool.program = options.executor;
    pool.arguments = options.executorArguments;
    pool.plugins = options.plugins;
    pool.functions = options.functions;
    pool.scratch = scratch;
    return pool;
}

Agent::Private::Private(Agent *owner, AgentOptions o)
    : q(owner), options(std::move(o)), incarnation(IdGenerator().next()), engine(engineOptions(options, incarnation)),
      scratch(options.home, incarnation.toString()), blobs(scratch.folder(), blobCallbacks()),
      pool(poolOptions(options, scratch.folder().path())), links(options, incarnation),
      spool(options.home, options.name), idleness(options.idleExit)
{
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    patience.setSingleShot(true);
    connect(&timer, &QTimer::timeout, q, [this] { feed([this](auto now, auto &out) { engine.tick(now, out); }); });
    connect(&patience, &QTimer::timeout, q, [this] { checkGone(); });
    connect(&links, &AgentLinks::opened, q, [this](quint64 session, Link *link, Roles granted) {
        link->setInbox([this, session](const RawMessage &message) { fromBroker(session, message); });
        qCInfo(logSession).noquote() << "session" << session << "with" << link->peer().name << link->peerAddress();
        // a user may have several brokers, each with a store: the key alone does not tell them apart
        const QByteArray broker = link->peerFingerprint() + link->peer().incarnation.view().toByteArray();
        const bool commands = permits(granted, Role::Command);
        blobs.opened(session);
        feed([&](auto now, auto &out) { engine.brokerConnected(session, broker, commands, now, out); });
    });
    connect(&links, &AgentLinks::closed, q, [this](quint64 session) {
        blobs.closed(session);
        feed([&](auto now, auto &out) { engine.brokerDisconnected(session, now, out); });
        checkGone();
    });
    connect(&pool, &ExecutorPool::ready, q, [this](quint32 id, const QList<Signature> &functions) {
        feed([&](auto now, auto &out) { engine.executorReady(id, functions, now, out); });
    });
    connect(&pool, &ExecutorPool::received, q,
            [this](quint32 id, const QByteArray &frame) { fromExecutor(id, frame); });
    connect(&pool, &ExecutorPool::died, q, [this](quint32 id, int signal, int exitCode) {
        feed([&](auto now, auto &out) { engine.executorDied(id, {signal, exitCode}, now, out); });
    });
    connect(&pool, &ExecutorPool::pluginDue, q,
            [this] { feed([this](auto now, auto &out) { engine.probe(now, out); }); });
    connect(&pool, &ExecutorPool::emptied, q, [this] { checkGone(); });
}

void Agent::Private::fromBroker(BrokerSession session, const RawMessage &message)
{
    const auto pass = [&](const auto &decoded) {
        feed([&](auto now, auto &out) { engine.handle(session, decoded, now, out); });
    };
    const Result<void> read =
        readAs<Assign, FinishedAck, Demand, Renewed, Stop, TaskResult, Accepted, SubmitRefused, Duplicate, Unknown,
               Suspend, StreamOpen, StreamCredit, StreamClose, BlobStored, BlobData>(
            message,
            Overloaded{
                [&](const FinishedAck &ack) {
                    for (const LeaseRef &lease : ack.leases)
                        blobs.release(lease);
                    pass(ack);
                },
                [&](const TaskResult &result) {
                    if (!blobs.fetch(session, result))
                        pass(result);
                },
                [&](const BlobStored &stored) { blobs.handle(session, stored); },
                [&](const BlobData &data) { blobs.handle(session, data); },
                pass,
            });
    if (!read)
        links.drop(session, read.error());
}

void Agent::Private::tell(BrokerSession session, const WorkerToBrokerMessage &message)
{
    std::visit(Overloaded{
                   [&](const Finished &how) { blobs.finish(session, how); },
                   [&](const Returned &back) {
                       blobs.release({back.id, back.token});
                       send(session, back);
                   },
                   [&](const auto &other) { send(session, other); },
               },
               message);
}

AgentBlobs::Callbacks Agent::Private::blobCallbacks()
{
    return {
        [this](BrokerSession session, const AgentBlobs::Message &message) {
            std::visit([&](const auto &known) { send(session, known); }, message);
        },
        [this](const LeaseRef &lease, const Result<Payload> &arguments) {
            feed([&](auto now, auto &out) { engine.argumentsFetched(lease, arguments, now, out); });
        },
        [this](BrokerSession session, const Finished &how) { send(session, how); },
        [this](BrokerSession session, const TaskResult &result) {
            feed([&](auto now, auto &out) { engine.handle(session, result, now, out); });
        },
    };
}

void Agent::Private::fromExecutor(ExecutorId id, const QByteArray &frame)
{
    FrameReader reader(frame);
    Result<void> read;
    while (const auto message = reader.next()) {
        read = readAs<Finished, StreamItems, Submit, Blocked, Resumed, Returned, Cancel>(
            *message,
            [&](const auto &decoded) { feed([&](auto now, auto &out) { engine.handle(id, decoded, now, out); }); });
        if (!read)
            break;
    }
    if (!read || reader.failed()) {
        qCWarning(logWorker).noquote() << "executor" << id
                                       << "is killed:" << (read ? reader.error() : read.error()).message();
        pool.kill(id);
    }
}

// Nothing that is done here calls back into the engine at once.
void Agent::Private::perform()
{
    WorkerActions todo = std::exchange(actions, {});
    for (WorkerAction &action : todo) {
        std::visit(Overloaded{
                       [this](TellBroker &a) { tell(a.session, a.message); },
                       [this](DropSession &a) { links.drop(a.session, a.error); },
                       [this](TellExecutor &a) {
                           std::visit([&](const auto &message) { pool.send(a.executor, message); }, a.message);
                       },
                       [this](StartExecutor &a) { pool.start(a.executor); },
                       [this](RetireExecutor &a) { pool.retire(a.executor); },
                       [this](KillExecutor &a) { pool.kill(a.executor); },
                       [this](StartCommand &a) { perform(a); },
                       [this](StopCommand &a) {
                           if (const auto found = commands.find(a.lease); found != commands.end())
                               found->second->stop(a.force);
                       },
                       [this](SuspendCommand &a) {
                           if (const auto found = commands.find(a.lease); found != commands.end())
                               found->second->suspend(a.on);
                       },
                       [this](SuspendExecutor &a) { pool.suspend(a.executor, a.on); },
                       [this](PauseCommand &a) {
                           if (const auto found = commands.find(a.lease); found != commands.end())
                               found->second->setPaused(a.paused);
                       },
                       [this](FetchArguments &a) { blobs.fetch(a); },
                       [this](SpoolResult &a) { spool.add(a.broker, a.result); },
                       [this](UnspoolResult &a) { spool.remove(a.broker, a.lease); },
                       [this](WorkerEnded &) { sayGoodbye(); },
                   },
                   action);
    }
    if (const Result<void> kept = spool.flush(); !kept)
        qCWarning(logWorker).noquote() << kept.error().message();
    todo.clear();
    if (actions.empty())
        actions = std::move(todo); // keeps the memory
}

void Agent::Private::perform(const StartCommand &action)
{
    auto &runner = commands[action.lease];
    const Payload arguments = scratch.folder().load(action.arguments).value_or(action.arguments);
    runner = std::make_unique<CommandRunner>(action.lease, arguments);
    const LeaseRef lease = action.lease;
    connect(runner.get(), &CommandRunner::output, q, [this, lease](StreamItem::Kind kind, const QByteArray &bytes) {
        feed([&](auto now, auto &out) { engine.commandOutput(lease, kind, bytes, now, out); });
    });
    connect(runner.get(), &CommandRunner::finished, q, [this, lease](const Finished &how) {
        if (const auto found = commands.find(lease); found != commands.end()) {
            found->second.release()->deleteLater();
            commands.erase(found);
        }
        feed([&](auto now, auto &out) { engine.commandFinished(how, now, out); });
        checkGone();
    });
    runner->start();
}

void Agent::Private::scheduleTurn()
{
    if (!std::exchange(turnScheduled, true))
        QMetaObject::invokeMethod(
            q, [this] { turn(); }, Qt::QueuedConnection);
}

void Agent::Private::turn()
{
    turnScheduled = false;
    const MonotonicTime now = clock.monotonic();
    engine.turn(now, actions);
    perform();
    pool.flush();
    auto next = engine.nextTick();
    if (const auto due = watchIdleness(now))
        next = next ? std::min(*next, *due) : *due;
    if (next)
        timer.start(std::max(0ms, std::chrono::ceil<Milliseconds>(*next - now)));
    else
        timer.stop();
}

std::optional<MonotonicTime> Agent::Private::watchIdleness(MonotonicTime now)
{
    if (leaving)
        return std::nullopt;
    idleness.update(!engine.isIdle(), now);
    if (!idleness.isOver(now))
        return idleness.due();
    idleness = Idleness();
    QMetaObject::invokeMethod(
        q, [this] { Q_EMIT q->idle(); }, Qt::QueuedConnection);
    return std::nullopt;
}

void Agent::Private::announce()
{
    if (!options.discoverable)
        return;
    BeaconOptions beacon;
    beacon.interfaces = options.interfaces;
    discovery = std::make_unique<Discovery>();
    discovery->add(std::make_unique<Beacon>(clock, beacon));
    Announcement self;
    self.service = QStringLiteral("worker");
    self.name = options.name;
    self.fingerprint = links.fingerprint();
    self.incarnation = incarnation;
    self.port = links.port();
    self.protocolVersion = newestProtocol;
    discovery->announce(self);
    discovery->start();
}

void Agent::Private::sayGoodbye()
{
    leaving = true;
    discovery.reset();
    links.rest();
    links.closeAll();
    patience.start(farewell);
    QMetaObject::invokeMethod(
        q, [this] { checkGone(); }, Qt::QueuedConnection);
}

void Agent::Private::checkGone()
{
    const bool quiet = links.isEmpty() && pool.isEmpty() && commands.empty();
    if (!leaving || gone || (!quiet && patience.isActive()))
        return;
    gone = true;
    Q_EMIT q->ended();
}

Agent::Agent(AgentOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(options)))
{}

Agent::~Agent()
{
    for (QObject *source : std::initializer_list<QObject *>{&d->pool, &d->links})
        source->disconnect(this);
}

Result<void> Agent::start()
{
    for (const ResultSpool::Found &found : d->spool.load()) {
        qCInfo(logWorker) << found.results.size() << "results of an earlier run wait for their broker";
        d->engine.resultsFound(found.broker, found.results, d->clock.monotonic());
    }
    if (Result<void> started = d->links.start(); !started)
        return started;
    d->announce();
    d->feed([this](auto now, auto &out) { d->engine.start(now, out); });
    return {};
}

void Agent::stop(bool graceful)
{
    d->feed([&](auto now, auto &out) { d->engine.stop(graceful, now, out); });
}

quint16 Agent::port() const
{
    return d->links.port();
}

const QByteArray &Agent::fingerprint() const
{
    return d->links.fingerprint();
}

Id Agent::incarnation() const
{
    return d->incarnation;
}

} // namespace drover
