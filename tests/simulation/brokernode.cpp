// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "brokernode.h"

#include "clientnode.h"
#include "workernode.h"
#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

namespace {

constexpr auto publishPeriod = 100ms;

//! Whether a scheduler takes it, by itself.
template <typename M>
concept Scheduled = requires(Scheduler &scheduler, const M &message, Actions &actions)
{
    scheduler.handle(SessionId(), message, Now(), actions);
};

} // namespace

BrokerNode::BrokerNode(World &world, int number, const QString &file, const SchedulerOptions &options)
    : Node(world, QStringLiteral("broker%1").arg(number)), m_number(number), m_file(file), m_options(options)
{}

BrokerNode::~BrokerNode() = default;

const BrokerNode::Peer *BrokerNode::peer(SessionId session) const
{
    const auto it = m_peers.find(session);
    return it == m_peers.end() ? nullptr : &it->second;
}

SessionId BrokerNode::sessionOf(const QByteArray &worker) const
{
    const auto newest = m_newestOfWorker.find(worker);
    return newest != m_newestOfWorker.end() && m_peers.contains(newest->second) ? newest->second : 0;
}

SessionId BrokerNode::sessionOf(const Id &client) const
{
    const auto newest = m_newestOfClient.find(client);
    return newest != m_newestOfClient.end() && m_peers.contains(newest->second) ? newest->second : 0;
}

void BrokerNode::begin()
{
    m_store = std::make_unique<SimulatedStore>(m_file, m_options.window, now().wallMs);
    m_scheduler = std::make_unique<Scheduler>(m_options);
    m_feeds = std::make_unique<Feeds>(*m_scheduler);
    Recovered recovered = m_store->takeRecovered();
    m_epoch = recovered.epoch;
    world().witnesses([&](Witness &witness) { witness.opened(*this, recovered); });
    event({BrokerEvent::Kind::Recovery},
          [&](Actions &actions) { m_scheduler->recover(std::move(recovered), now(), actions); });
    for (WorkerNode *worker : m_dialled)
        dialLater(*worker);
}

void BrokerNode::end(bool machine)
{
    // the sync that was under way may have been done
    if (m_isStoreBusy && m_store->isInRound() && world().random().oneIn(2))
        finishRound(false);
    world().witnesses([&](Witness &witness) { witness.crashed(*this); });
    m_ledger.crash();
    m_feeds.reset();
    m_scheduler.reset();
    losePower(machine);
    m_peers.clear();
    m_met.clear();
    m_states.clear();
    m_tickAt.reset();
    m_publishing = false;
    m_isStoreBusy = false;
}

// A process that is killed closes nothing; a machine without power loses what was not synced as well.
void BrokerNode::losePower(bool machine)
{
    using testing::Loss;
    static constexpr Loss losses[] = {Loss::Everything, Loss::Some, Loss::Torn};
    testing::PowerVfs &disk = world().disk();
    disk.cut();
    m_answers.clear();
    m_store.reset();
    disk.restart(machine ? losses[world().random().below(3)] : Loss::Nothing, world().random().next(), m_file.toStdString());
}

template <typename Body> void BrokerNode::event(const BrokerEvent &what, const Body &body)
{
    world().witnesses([&](Witness &witness) { witness.handling(*this, what); });
    Actions actions;
    body(actions);
    act(std::move(actions));
    world().witnesses([&](Witness &witness) { witness.handled(*this, what); });
    noteStates();
    planTick();
    if (!m_feeds->isEmpty() || m_scheduler->hasBatchNews())
        planPublish();
}

void BrokerNode::act(Actions actions)
{
    for (Action &action : actions)
        std::visit([this](auto &known) { perform(known); }, action);
}

void BrokerNode::perform(SendTo &action)
{
    world().witnesses([&](Witness &witness) { witness.sent(*this, action.session, action.message); });
    std::visit(
        [&](const auto &message) {
            if (world().isTracing())
                trace(QStringLiteral("-> %1: %2").arg(m_peers.contains(action.session)
                                                          ? m_peers[action.session].node->name()
                                                          : QStringLiteral("nobody"),
                                                      describe(Message(message))));
            world().network().send(action.session, *this, overWire(message));
        },
        action.message);
}

void BrokerNode::perform(AppendRecords &action)
{
    for (const Record &record : action.records) {
        if (world().isTracing())
            trace(QStringLiteral("writes %1: %2 of %3").arg(action.number).arg(record.index()).arg(describe(taskOf(record))));
        const Facts *known = m_ledger.written(taskOf(record));
        const std::optional<Facts> before = known ? std::optional(*known) : std::nullopt;
        m_ledger.write(action.number, record);
        world().report().recorded(before ? &*before : nullptr, record);
        world().witnesses([&](Witness &witness) { witness.recorded(*this, record, before ? &*before : nullptr); });
    }
    post(AppendRequest{action.number, std::move(action.records), action.sync});
}

void BrokerNode::perform(LoadLane &action)
{
    post(LoadRequest{action.lane, action.fromTurn, action.limit});
}

void BrokerNode::perform(FindTask &action)
{
    post(FindRequest{action.request, action.id});
}

void BrokerNode::perform(QueryTasks &action)
{
    post(QueryRequest{action.request, std::move(action.query), std::move(action.owner)});
}

void BrokerNode::perform(CloseSession &action)
{
    world().witnesses([&](Witness &witness) { witness.closed(*this, action.session); });
    trace(QStringLiteral("closes a session: ") + action.error.message());
    world().network().close(action.session, *this);
}

// What people see: states that no record has, too.
void BrokerNode::noteStates()
{
    const Scheduler::Changes changes = m_scheduler->takeChanges();
    m_feeds->changed(changes);
    for (const TaskId &id : changes.tasks) {
        const auto info = m_scheduler->task(id);
        if (!info) {
            m_states.erase(id);
            continue;
        }
        const auto [it, isNew] = m_states.emplace(id, info->state);
        if (isNew || it->second == info->state)
            continue;
        const State from = std::exchange(it->second, info->state);
        world().report().changed(from, info->state);
        world().witnesses([&](Witness &witness) { witness.changed(*this, id, from, info->state); });
    }
}

void BrokerNode::planTick()
{
    const auto next = m_scheduler->nextTick();
    if (next == m_tickAt)
        return;
    m_tickAt = next;
    const quint64 number = ++m_tickNumber;
    if (!next)
        return;
    const auto wait = std::chrono::ceil<Milliseconds>(*next - monotonic());
    later(std::max(wait, Milliseconds(0)), [this, number] {
        if (number != m_tickNumber)
            return;
        m_tickAt.reset();
        event({BrokerEvent::Kind::Tick}, [this](Actions &actions) { m_scheduler->tick(now(), actions); });
    });
}

void BrokerNode::planPublish()
{
    if (std::exchange(m_publishing, true))
        return;
    later(publishPeriod, [this] {
        m_publishing = false;
        publish();
    });
}

void BrokerNode::publish()
{
    if (m_scheduler->hasBatchNews())
        event({BrokerEvent::Kind::Publish}, [this](Actions &actions) { m_scheduler->publishBatches(now(), actions); });
    m_feeds->publish([this](SessionId session, const Feeds::Message &message) {
        std::visit([&](const auto &known) { world().network().send(session, *this, overWire(known)); }, message);
    });
}

void BrokerNode::post(StoreRequest request)
{
    m_store->post(std::move(request));
    serveStore();
}

void BrokerNode::serveStore()
{
    if (m_isStoreBusy || !m_store->hasRequests())
        return;
    m_isStoreBusy = true;
    m_store->beginRound();
    const bool isSlow = m_slowUntil > world().time();
    const auto sync = isSlow ? world().random().between(500ms, 3s) : world().random().skewed(150us, 12ms);
    later(sync, [this] {
        finishRound(true);
        m_isStoreBusy = false;
        serveStore();
        if (!m_isStoreBusy)
            later(250ms, [this] {
                if (!m_isStoreBusy && m_store->hasChanges())
                    m_store->tidy(now().wallMs);
            });
    });
}

void BrokerNode::finishRound(bool replies)
{
    auto answers = m_store->serve([this](quint64 number) {
        m_ledger.commit(number);
        world().witnesses([&](Witness &witness) { witness.committed(*this); });
    });
    if (!replies)
        return;
    // the thread of the sessions takes them in its own time, and in their order
    m_answers.insert(m_answers.end(), std::make_move_iterator(answers.begin()), std::make_move_iterator(answers.end()));
    later(world().random().skewed(10us, 2ms), [this] {
        const auto taken = std::exchange(m_answers, {});
        for (const StoreReply &reply : taken) {
            event({BrokerEvent::Kind::Reply}, [&](Actions &actions) {
                std::visit(
                    [&](const auto &known) {
                        if constexpr (requires { m_scheduler->handle(known, now(), actions); })
                            m_scheduler->handle(known, now(), actions);
                    },
                    reply);
            });
        }
    });
}

void BrokerNode::woken(std::chrono::nanoseconds slept)
{
    world().witnesses([&](Witness &witness) { witness.woke(*this, slept); });
}

void BrokerNode::slowDisk(std::chrono::nanoseconds time)
{
    m_slowUntil = world().time() + time;
}

void BrokerNode::linkReady(LinkId link, Node &peer, const Id &incarnation)
{
    Peer &added = m_peers[link];
    added.node = &peer;
    if (auto *worker = dynamic_cast<WorkerNode *>(&peer)) {
        added = {Party::Worker, worker, worker->key(), incarnation, true};
        m_met.insert(worker);
        m_newestOfWorker[added.key] = link;
        event({BrokerEvent::Kind::Connected, link}, [&](Actions &actions) {
            m_scheduler->workerConnected(link, added.key, worker->name(), QStringLiteral("lan"), added.incarnation, now(), actions);
        });
    } else if (auto *client = dynamic_cast<ClientNode *>(&peer)) {
        added = {Party::Client, client, client->owner(), incarnation, client->reachesAll()};
        m_newestOfClient[added.incarnation] = link;
        event({BrokerEvent::Kind::Connected, link}, [&](Actions &actions) {
            m_scheduler->clientConnected(link, added.key, client->name(), added.incarnation, now(), actions, added.everyTask);
        });
    }
}

void BrokerNode::linkLost(LinkId link)
{
    const auto it = m_peers.find(link);
    if (it == m_peers.end())
        return;
    Node *node = it->second.node;
    m_feeds->forget(link);
    event({BrokerEvent::Kind::Disconnected, link},
          [&](Actions &actions) { m_scheduler->disconnected(link, now(), actions); });
    m_peers.erase(link);
    unreachable(*node);
}

void BrokerNode::received(LinkId link, const Message &message)
{
    if (!m_peers.contains(link))
        return;
    if (world().isTracing())
        trace(QStringLiteral("<- %1: %2").arg(m_peers[link].node->name(), describe(message)));
    std::visit(
        [&](const auto &known) {
            using M = std::decay_t<decltype(known)>;
            if constexpr (Scheduled<M>)
                event({BrokerEvent::Kind::Message, link, &message},
                      [&](Actions &actions) { m_scheduler->handle(link, known, now(), actions); });
            else if constexpr (std::is_same_v<M, Subscribe>)
                m_feeds->subscribe(link, known);
            else if constexpr (std::is_same_v<M, Unsubscribe>)
                m_feeds->unsubscribe(link, known);
        },
        message);
    if (!m_feeds->isEmpty())
        planPublish();
}

void BrokerNode::refused(Node &peer)
{
    auto *worker = dynamic_cast<WorkerNode *>(&peer);
    if (worker && m_met.erase(worker)) {
        world().report().count(QStringLiteral("fault: a redialled address refused"));
        event({BrokerEvent::Kind::Died, 0, nullptr, worker->key()},
              [&](Actions &actions) { m_scheduler->workerDied(worker->key(), now(), actions); });
    }
    dialLater(peer);
}

void BrokerNode::unreachable(Node &peer)
{
    if (std::find(m_dialled.begin(), m_dialled.end(), &peer) != m_dialled.end())
        dialLater(peer);
}

void BrokerNode::dialLater(Node &peer)
{
    later(world().random().skewed(10ms, 3s), [this, &peer] { world().network().dial(*this, peer); });
}

} // namespace drover::simulation
