// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "workernode.h"

#include "brokernode.h"
#include "task/command.h"
#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

namespace {

constexpr auto pipeDelay = 60us;

//! Whether an engine takes it from a broker.
template <typename M>
concept FromBroker = requires(Engine &engine, const M &message, WorkerActions &actions)
{
    engine.handle(BrokerSession(), message, MonotonicTime(), actions);
};

} // namespace

WorkerNode::WorkerNode(World &world, int number, EngineOptions options)
    : Node(world, QStringLiteral("worker%1").arg(number)), m_options(std::move(options))
{}

WorkerNode::~WorkerNode() = default;

void WorkerNode::setFunctions(const QStringList &names)
{
    m_functions.clear();
    for (const QString &name : names)
        m_functions.append(Signature(name, {}, QStringLiteral("bytes")));
}

BrokerNode *WorkerNode::broker(BrokerSession session) const
{
    const auto it = m_sessions.find(session);
    return it == m_sessions.end() ? nullptr : it->second;
}

// A slot is lent for a moment too much where the word that an attempt waits crosses the result that it waits for.
quint32 WorkerNode::running() const
{
    const MonotonicTime time = world().time();
    quint32 count = quint32(m_commands.size());
    for (const auto &[id, executor] : m_executors)
        count += executor.run && !executor.run->isBlocked() && !executor.run->isStopping()
            && time - executor.run->resumedAt() > 4 * pipeDelay;
    return count;
}

void WorkerNode::begin()
{
    m_options.incarnation = newId();
    m_isStopping = false;
    m_engine = std::make_unique<Engine>(m_options);
    world().witnesses([&](Witness &witness) { witness.agentStarted(*this); });
    for (const auto &[broker, results] : m_spool)
        m_engine->resultsFound(broker, results, monotonic());
    feed([](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.start(now, actions); });
    for (BrokerNode *broker : m_dialled)
        dialLater(*broker);
}

void WorkerNode::end(bool)
{
    world().witnesses([&](Witness &witness) { witness.agentEnded(*this); });
    m_commands.clear();
    m_executors.clear();
    m_sessions.clear();
    m_engine.reset();
    m_turnPlanned = false;
    m_tickAt.reset();
}

template <typename F> void WorkerNode::feed(const F &event)
{
    WorkerActions actions;
    event(*m_engine, monotonic(), actions);
    act(std::move(actions));
    planTurn();
}

void WorkerNode::act(WorkerActions actions)
{
    for (WorkerAction &action : actions)
        std::visit([this](auto &known) { perform(known); }, action);
}

void WorkerNode::planTurn()
{
    if (std::exchange(m_turnPlanned, true))
        return;
    later(0s, [this] {
        m_turnPlanned = false;
        WorkerActions actions;
        m_engine->turn(monotonic(), actions);
        act(std::move(actions));
        world().witnesses([&](Witness &witness) { witness.turned(*this); });
        planTick();
    });
}

void WorkerNode::planTick()
{
    const auto next = m_engine->nextTick();
    if (next == m_tickAt)
        return;
    m_tickAt = next;
    const quint64 number = ++m_tickNumber;
    if (!next)
        return;
    later(std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(*next - monotonic())), [this, number] {
        if (number != m_tickNumber)
            return;
        m_tickAt.reset();
        feed([](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.tick(now, actions); });
    });
}

void WorkerNode::perform(TellBroker &action)
{
    world().witnesses([&](Witness &witness) { witness.told(*this, action.session, action.message); });
    std::visit(
        [&](const auto &message) {
            if (world().isTracing())
                trace(QStringLiteral("-> session %1: %2").arg(action.session).arg(describe(Message(message))));
            world().network().send(action.session, *this, overWire(message));
        },
        action.message);
}

void WorkerNode::perform(DropSession &action)
{
    trace(QStringLiteral("drops session %1: %2").arg(action.session).arg(action.error.message()));
    world().network().close(action.session, *this);
}

void WorkerNode::perform(TellExecutor &action)
{
    later(pipeDelay, [this, id = action.executor, message = std::move(action.message)] {
        if (!m_executors.contains(id))
            return;
        world().report().handled(std::visit([](const auto &known) { return known.kind; }, message));
        Executor &executor = m_executors[id];
        if (executor.isSuspended)
            executor.missed.push_back([this, id, message] { executorHears(id, message); });
        else
            executorHears(id, message);
    });
}

void WorkerNode::perform(StartExecutor &action)
{
    const ExecutorId id = action.executor;
    m_executors[id];
    later(world().random().skewed(3ms, 400ms), [this, id] {
        if (!m_executors.contains(id))
            return;
        if (world().isStormy() && world().random().oneIn(60))
            return executorFalls(id, 6);
        m_executors[id].isReady = true;
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
            engine.executorReady(id, m_functions, now, actions);
        });
    });
}

void WorkerNode::perform(RetireExecutor &action)
{
    m_executors.erase(action.executor);
}

void WorkerNode::perform(KillExecutor &action)
{
    later(world().random().skewed(100us, 20ms), [this, id = action.executor] { executorFalls(id, 9); });
}

void WorkerNode::executorFalls(ExecutorId id, int signal)
{
    const auto node = m_executors.extract(id);
    if (!node)
        return;
    trace(QStringLiteral("executor %1 dies by signal %2").arg(id).arg(signal));
    if (const SimulatedRun *run = node.mapped().run.get())
        world().witnesses([&](Witness &witness) { witness.fell(*this, run->lease()); });
    // what it has said before is read first
    later(pipeDelay, [this, id, signal] {
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
            engine.executorDied(id, {signal, 0}, now, actions);
        });
    });
}

bool WorkerNode::killExecutor()
{
    if (m_executors.empty())
        return false;
    auto it = m_executors.begin();
    std::advance(it, world().random().below(int(m_executors.size())));
    executorFalls(it->first, 9);
    return true;
}

void WorkerNode::executorHears(ExecutorId id, const WorkerToExecutorMessage &message)
{
    const auto it = m_executors.find(id);
    if (it != m_executors.end())
        std::visit([&](const auto &known) { hear(id, it->second, known); }, message);
}

void WorkerNode::hear(ExecutorId id, Executor &executor, const Assign &message)
{
    executor.waiting.push_back(message);
    if (!executor.run)
        runNext(id);
}

void WorkerNode::runNext(ExecutorId id)
{
    Executor &executor = m_executors[id];
    if (executor.waiting.empty())
        return;
    const Assign assign = std::move(executor.waiting.front());
    executor.waiting.pop_front();
    executor.run = std::make_unique<SimulatedRun>(*this, id, LeaseRef{assign.id, assign.token}, assign.arguments,
                                                  int(assign.depth));
    executor.run->begin();
}

void WorkerNode::hear(ExecutorId, Executor &executor, const Stop &message)
{
    if (executor.run && executor.run->lease() == LeaseRef{message.id, message.token})
        executor.run->stop(message.reason);
}

void WorkerNode::hear(ExecutorId id, Executor &executor, const TakeBack &message)
{
    const auto same = [&](const Assign &assign) { return assign.id == message.id && assign.token == message.token; };
    if (std::erase_if(executor.waiting, same))
        pipe(id, [this, id, message] {
            feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
                engine.handle(id, Returned{message.id, message.token, Returned::Why::Unstarted}, now, actions);
            });
        });
}

void WorkerNode::hear(ExecutorId, Executor &executor, const SubmitRefused &message)
{
    if (executor.run)
        executor.run->refused(message.id, message.error);
}

void WorkerNode::hear(ExecutorId, Executor &executor, const Duplicate &message)
{
    if (executor.run)
        executor.run->renamed(message.id, message.existing);
}

void WorkerNode::hear(ExecutorId, Executor &executor, const TaskResult &message)
{
    if (executor.run)
        executor.run->answered(message);
}

template <typename F> void WorkerNode::pipe(ExecutorId, F event)
{
    later(pipeDelay, std::move(event));
}

TaskId WorkerNode::newId()
{
    return world().newId(now().wallMs);
}

void WorkerNode::emitItem(ExecutorId executor, const LeaseRef &lease, StreamItem::Kind kind, const QByteArray &data)
{
    pipe(executor, [this, executor, lease, kind, data] {
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
            if (executor)
                engine.handle(executor, StreamItems{lease.id, lease.token.attempt, {{0, kind, data}}, false}, now, actions);
            else
                engine.commandOutput(lease, StreamItem::Output, data, now, actions);
        });
    });
}

void WorkerNode::submitChild(ExecutorId id, Submit child)
{
    child.seq = ++m_executors[id].submits;
    pipe(id, [this, id, child] {
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.handle(id, child, now, actions); });
    });
}

void WorkerNode::tellBlocked(ExecutorId id, const LeaseRef &lease, bool on)
{
    pipe(id, [this, id, lease, on] {
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
            if (on)
                engine.handle(id, Blocked{lease.id, lease.token}, now, actions);
            else
                engine.handle(id, Resumed{lease.id, lease.token}, now, actions);
        });
    });
}

void WorkerNode::finished(ExecutorId id, const Finished &how)
{
    const LeaseRef lease{how.id, how.token};
    note(QStringLiteral("ends %1 %2").arg(describe(how.id, how.token), how.ok ? QStringLiteral("ok") : how.error.message()));
    std::unique_ptr<SimulatedRun> done; // it is on the stack
    if (id)
        done = std::move(m_executors[id].run);
    else
        done = std::move(m_commands.extract(lease).mapped());
    world().witnesses([&](Witness &witness) { witness.ran(*this, lease, how); });
    pipe(id, [this, id, how] {
        feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
            if (id)
                engine.handle(id, how, now, actions);
            else
                engine.commandFinished(how, now, actions);
        });
    });
    later(0s, [this, id, keep = std::shared_ptr<SimulatedRun>(std::move(done))] {
        const auto it = m_executors.find(id);
        if (it != m_executors.end() && !it->second.run)
            runNext(id);
    });
}

void WorkerNode::perform(StartCommand &action)
{
    auto &run = m_commands[action.lease];
    run = std::make_unique<SimulatedRun>(*this, 0, action.lease, action.arguments, 0);
    run->begin();
}

void WorkerNode::perform(StopCommand &action)
{
    const auto it = m_commands.find(action.lease);
    if (it == m_commands.end())
        return;
    if (action.force)
        later(world().random().skewed(100us, 20ms), [this, lease = action.lease] { commandFalls(lease); });
    else
        it->second->stop(Reason::User);
}

void WorkerNode::commandFalls(const LeaseRef &lease)
{
    if (!m_commands.erase(lease))
        return;
    world().witnesses([&](Witness &witness) { witness.fell(*this, lease); });
    Finished how;
    how.id = lease.id;
    how.token = lease.token;
    how.error = Error(Reason::ExitCode, QStringLiteral("it was killed"));
    feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.commandFinished(how, now, actions); });
}

void WorkerNode::perform(SuspendCommand &action)
{
    if (const auto it = m_commands.find(action.lease); it != m_commands.end())
        it->second->suspend(action.on);
}

void WorkerNode::perform(SuspendExecutor &action)
{
    const auto it = m_executors.find(action.executor);
    if (it == m_executors.end())
        return;
    Executor &executor = it->second;
    executor.isSuspended = action.on;
    if (executor.run)
        executor.run->suspend(action.on);
    if (action.on)
        return;
    for (const auto &event : std::exchange(executor.missed, {}))
        later(0s, event);
}

void WorkerNode::stop(bool graceful)
{
    trace(graceful ? QStringLiteral("is asked to stop") : QStringLiteral("is told to stop"));
    m_isStopping = true;
    feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.stop(graceful, now, actions); });
}

void WorkerNode::perform(UnspoolResult &action)
{
    m_spool[action.broker].removeIf(
        [&](const Finished &how) { return LeaseRef{how.id, how.token} == action.lease; });
    std::erase_if(m_spool, [](const auto &entry) { return entry.second.isEmpty(); });
}

void WorkerNode::perform(WorkerEnded &)
{
    trace(QStringLiteral("has stopped"));
    const auto open = m_sessions;
    for (const auto &[session, broker] : open)
        world().network().close(session, *this);
    later(1s, [this] {
        world().timeline().at(world().time() + 100ms, [this] { start(); });
        crash(false);
    });
}

void WorkerNode::linkReady(LinkId link, Node &peer, const Id &)
{
    auto *broker = dynamic_cast<BrokerNode *>(&peer);
    m_sessions[link] = broker;
    feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
        engine.brokerConnected(link, broker->key(), true, now, actions);
    });
}

void WorkerNode::linkLost(LinkId link)
{
    const auto node = m_sessions.extract(link);
    if (!node)
        return;
    world().witnesses([&](Witness &witness) { witness.lost(*this, link); });
    feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) { engine.brokerDisconnected(link, now, actions); });
    unreachable(*node.mapped());
}

void WorkerNode::received(LinkId link, const Message &message)
{
    if (!m_sessions.contains(link))
        return;
    world().witnesses([&](Witness &witness) { witness.heard(*this, link, message); });
    std::visit(
        [&](const auto &known) {
            if constexpr (FromBroker<std::decay_t<decltype(known)>>)
                feed([&](Engine &engine, MonotonicTime now, WorkerActions &actions) {
                    engine.handle(BrokerSession(link), known, now, actions);
                });
        },
        message);
}

void WorkerNode::unreachable(Node &peer)
{
    if (std::find(m_dialled.begin(), m_dialled.end(), &peer) != m_dialled.end())
        dialLater(peer);
}

void WorkerNode::dialLater(Node &peer)
{
    later(world().random().skewed(10ms, 3s), [this, &peer] { world().network().dial(*this, peer); });
}

} // namespace drover::simulation
