// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker_p.h"

#include "discovery/beacon.h"
#include "discovery/givenpeers.h"
#include "support/fingerprint.h"
#include "support/home.h"
#include "support/logging.h"
#include "trust/identity.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QSysInfo>
#include <QtCore/QThread>

namespace drover {

namespace {

constexpr Milliseconds publishPeriod{100};
constexpr qsizetype laneWindow = 4096;
constexpr unsigned long lockPauseMs = 20;

//! The same for each run on the same store: what tells workers the brokers of one user apart, also after a restart.
Id storeId(const QByteArray &fingerprint, const BrokerOptions &options)
{
    if (options.durability == Durability::Memory)
        return IdGenerator().next();
    const QByteArray path = QFileInfo(options.store).absoluteFilePath().toUtf8();
    return *Id::fromBytes(QCryptographicHash::hash(fingerprint + path, QCryptographicHash::Sha256).first(16));
}

SchedulerOptions schedulerOptions(const BrokerOptions &options)
{
    SchedulerOptions result;
    result.leaseTime = options.leaseTime;
    result.window = laneWindow;
    result.durability =
        options.durability == Durability::Disk ? QueueDurability::Disk : QueueDurability::Process;
    return result;
}

} // namespace

Broker::Private::Private(Broker *owner, BrokerOptions chosen)
    : q(owner), options(std::move(chosen)), scheduler(schedulerOptions(options)), feeds(scheduler), blobs(options.maxValue), idleness(firstIdleness())
{}

Result<void> Broker::Private::openIdentity()
{
    if (options.home.isEmpty()) {
        const auto home = homeFolder();
        if (!home)
            return drover::fail(home.error());
        options.home = *home;
    }
    if (options.store.isEmpty())
        options.store = options.home + QStringLiteral("/broker.db");
    if (options.name.isEmpty())
        options.name = QSysInfo::machineHostName();
    if (auto done = introduce(options.home); !done)
        return done;
    const auto own = Identity::loadOrCreate(identityFolder(options.home), QStringLiteral("user"));
    if (!own)
        return drover::fail(own.error());
    auto tls = TlsIdentity::fromPem(own->certificatePem(), own->keyPem());
    if (!tls)
        return drover::fail(tls.error());
    identity = *std::move(tls);
    fingerprint = own->fingerprint();
    trust.emplace(trustFile(options.home, QStringLiteral("user")));
    return {};
}

Result<void> Broker::Private::openStore()
{
    const QDeadlineTimer deadline(options.storePatience);
    const auto wake = [this] { QMetaObject::invokeMethod(q, [this] { takeReplies(); }, Qt::QueuedConnection); };
    auto opened = Store::open(options.store, options.durability, laneWindow, wake);
    while (!opened && opened.error().isTransient() && !deadline.hasExpired()) {
        QThread::msleep(lockPauseMs);
        opened = Store::open(options.store, options.durability, laneWindow, wake);
    }
    if (!opened)
        return drover::fail(opened.error());
    store = *std::move(opened);
    Recovered recovered = store->takeRecovered();
    epoch = recovered.epoch;
    openBlobs(recovered.blobs);
    scheduler.recover(std::move(recovered), now(), actions);
    return {};
}

Result<void> Broker::Private::listen()
{
    if (!options.listen)
        return {};
    if (auto ready = prepareTls(); !ready)
        return ready;
    server = std::make_unique<WebSocketServer>(
        identity, [this](const QByteArray &peer) { return rolesOf(peer) ? Verdict::Accept : Verdict::Refuse; });
    connect(server.get(), &WebSocketServer::accepted, q, [this](Channel *channel) { accept(channel); });
    connect(server.get(), &WebSocketServer::refused, q, [](const QByteArray &peer, const QString &address, const Error &why) {
        qCWarning(logBroker).noquote() << "refused" << address << (peer.isEmpty() ? QString() : fingerprintText(peer)) << why.message();
    });
    connect(server.get(), &WebSocketServer::refused, q, [this] { watchIdleness(); });
    const auto port = server->listen(QHostAddress(options.address), options.port);
    if (!port)
        return drover::fail(port.error());
    return {};
}

void Broker::Private::discover()
{
    discovery = std::make_unique<Discovery>();
    dialer = std::make_unique<WorkerDialer>(identity, *trust, discovery.get(), nullptr);
    connect(dialer.get(), &WorkerDialer::opened, q, [this](Channel *channel, const QByteArray &key) { dialled(channel, key); });
    connect(dialer.get(), &WorkerDialer::refused, q, [this](const QByteArray &peer, const QString &name) {
        qCInfo(logBroker).noquote() << "worker" << name << "is dead: its address refuses";
        scheduler.workerDied(workerKey(peer, name), now(), actions);
        act();
    });
    if (options.discover) {
        BeaconOptions beacon;
        beacon.interfaces = options.interfaces;
        discovery->add(std::make_unique<Beacon>(clock, beacon));
    }
    QList<Peer> given;
    for (const QString &text : std::as_const(options.workers)) {
        if (const auto peer = peerFromAddress(text, QStringLiteral("worker")))
            given.append(*peer);
        else
            qCWarning(logBroker).noquote() << peer.error().message();
    }
    discovery->add(std::make_unique<GivenPeers>(given));
    discovery->start();
}

Roles Broker::Private::rolesOf(const QByteArray &peer) const
{
    const auto entry = trust->find(peer);
    return entry ? entry->roles : Roles();
}

SessionId Broker::Private::accept(Channel *channel)
{
    const QByteArray peer = channel->peerFingerprint();
    const SessionId id = sessions->add(std::unique_ptr<Channel>(channel), peer, rolesOf(peer));
    watchIdleness();
    return id;
}

void Broker::Private::dialled(Channel *channel, const QByteArray &key)
{
    connect(channel, &QObject::destroyed, dialer.get(), [this, key] { dialer->channelClosed(key); });
    const SessionId id = accept(channel);
    connect(sessions->find(id)->link.get(), &Link::ready, dialer.get(), [this, id, key] {
        if (const Sessions::Session *session = sessions->find(id))
            dialer->met(key, session->owner, session->link->peer().name);
    });
}

void Broker::Private::ready(SessionId id)
{
    const Sessions::Session *session = sessions->find(id);
    const Hello &peer = session->link->peer();
    if (session->party == Party::Worker) {
        qCInfo(logBroker).noquote() << "worker" << peer.name << "at" << session->link->peerAddress();
        scheduler.workerConnected(id, workerKey(session->owner, peer.name), peer.name, session->link->peerAddress(), peer.incarnation,
                                  now(), actions);
    } else {
        idleness = Idleness(options.idleExit);
        scheduler.clientConnected(id, session->owner, peer.name, peer.incarnation, now(), actions,
                                  permits(session->granted, Role::Admin));
    }
    act();
}

void Broker::Private::gone(SessionId id)
{
    feeds.forget(id);
    forgetBlobs(id);
    scheduler.disconnected(id, now(), actions);
    act();
}

void Broker::Private::takeReplies()
{
    if (!store)
        return;
    for (const StoreReply &reply : store->takeReplies()) {
        if (const auto *failed = std::get_if<StoreFailed>(&reply))
            return fail(failed->error);
        std::visit(
            [this](const auto &known) {
                if constexpr (std::is_same_v<std::decay_t<decltype(known)>, MaintenanceDone>)
                    handle(known);
                else if constexpr (requires { scheduler.handle(known, now(), actions); })
                    scheduler.handle(known, now(), actions);
            },
            reply);
    }
    act();
}

void Broker::Private::fail(const Error &error)
{
    if (std::exchange(broken, true))
        return;
    qCCritical(logBroker).noquote() << error.message();
    if (sessions)
        sessions->refuseAll(error);
    Q_EMIT q->failed(error);
}

void Broker::Private::act()
{
    while (!actions.empty()) {
        Actions batch = std::exchange(actions, {});
        for (Action &action : batch)
            std::visit([this](auto &known) { perform(known); }, action);
        if (actions.empty()) {
            batch.clear();
            actions = std::move(batch);
        }
    }
    if (const auto next = scheduler.nextTick()) {
        const auto wait = std::chrono::ceil<Milliseconds>(*next - clock.monotonic());
        tick.start(std::max(wait, Milliseconds(0)));
    } else {
        tick.stop();
    }
    if (!feeds.isEmpty() || scheduler.hasBatchNews())
        schedulePublish();
    watchIdleness();
}

void Broker::Private::perform(SendTo &action)
{
    if (const auto *ack = std::get_if<FinishedAck>(&action.message))
        acknowledged(action.session, *ack);
    if (Sessions::Session *session = sessions->find(action.session))
        std::visit([session](const auto &message) { session->link->send(message); }, action.message);
}

void Broker::Private::perform(AppendRecords &action)
{
    keepBlobs(action.records);
    if (!broken && store)
        store->append(action.number, std::move(action.records), action.sync);
}

void Broker::Private::perform(LoadLane &action)
{
    if (store)
        store->load(action.lane, action.fromTurn, action.limit);
}

void Broker::Private::perform(FindTask &action)
{
    if (store)
        store->find(action.request, action.id);
}

void Broker::Private::perform(QueryTasks &action)
{
    if (store)
        store->query(action.request, std::move(action.query), std::move(action.owner));
}

void Broker::Private::perform(CloseSession &action)
{
    if (Sessions::Session *session = sessions->find(action.session))
        session->link->refuse(action.error);
}

void Broker::Private::schedulePublish()
{
    if (!publish.isActive())
        publish.start(publishPeriod);
}

Broker::Broker(BrokerOptions options, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, std::move(options)))
{
    d->tick.setParent(this);
    d->tick.setSingleShot(true);
    d->tick.setTimerType(Qt::PreciseTimer);
    d->publish.setParent(this);
    d->publish.setSingleShot(true);
    connect(&d->tick, &QTimer::timeout, this, [this] {
        d->scheduler.tick(d->now(), d->actions);
        d->act();
    });
    d->idleTimer.setParent(this);
    d->idleTimer.setSingleShot(true);
    connect(&d->idleTimer, &QTimer::timeout, this, [this] {
        d->watchIdleness();
        if (d->idleness.isOver(d->clock.monotonic()))
            Q_EMIT idle();
    });
    connect(&d->publish, &QTimer::timeout, this, [this] {
        if (d->scheduler.hasBatchNews()) {
            d->scheduler.publishBatches(d->now(), d->actions);
            d->act();
        }
        d->feeds.changed(d->scheduler.takeChanges());
        d->feeds.publish([this](SessionId session, const Feeds::Message &message) {
            std::visit([&](const auto &known) { d->sessions->send(session, known); }, message);
        });
    });
}

Broker::~Broker()
{
    d->server.reset();
    d->dialer.reset();
    d->discovery.reset();
    d->blobFiles.reset();
    if (d->store) {
        d->store->close();
        d->takeReplies(); // what was recorded last is still acknowledged
        d->store.reset();
    }
    if (d->sessions)
        d->sessions->closeAll();
    d->sessions.reset();
}

Result<void> Broker::start()
{
    if (auto done = d->openIdentity(); !done)
        return done;
    if (auto done = d->openStore(); !done)
        return done;
    LinkSettings settings;
    settings.self = Party::Broker;
    settings.peers = {Party::Client, Party::Worker};
    settings.name = d->options.name;
    d->incarnation = storeId(d->fingerprint, d->options);
    settings.incarnation = d->incarnation;
    d->sessions = std::make_unique<Sessions>(
        settings, [this](Sessions::Session &session, const RawMessage &raw) { d->receive(session, raw); }, nullptr);
    connect(d->sessions.get(), &Sessions::ready, this, [this](SessionId id) { d->ready(id); });
    connect(d->sessions.get(), &Sessions::gone, this, [this](SessionId id) { d->gone(id); });
    connect(d->sessions.get(), &Sessions::left, this, [this] { d->watchIdleness(); });
    if (auto done = d->listen(); !done)
        return done;
    d->discover();
    d->watcher = std::make_unique<TrustWatcher>(d->trust->file());
    connect(d->watcher.get(), &TrustWatcher::changed, this, [this] {
        d->sessions->review([this](const QByteArray &owner) { return d->rolesOf(owner); });
        d->dialer->review();
    });
    d->startedMs = d->clock.wall().time_since_epoch().count();
    d->act();
    return {};
}

void Broker::accept(std::unique_ptr<Channel> channel, Roles granted)
{
    d->sessions->add(std::move(channel), d->fingerprint, granted);
}

quint16 Broker::port() const
{
    return d->server ? d->server->port() : 0;
}

const BrokerOptions &Broker::options() const
{
    return d->options;
}

QByteArray Broker::fingerprint() const
{
    return d->fingerprint;
}

} // namespace drover
