// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker.h"

#include "broker/feeds.h"
#include "broker/sessions.h"
#include "broker/workerdialer.h"
#include "discovery/beacon.h"
#include "discovery/givenpeers.h"
#include "support/fingerprint.h"
#include "support/home.h"
#include "support/logging.h"
#include "task/command.h"
#include "transport/websocketserver.h"
#include "trust/identity.h"
#include "trust/trustwatcher.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QFileInfo>
#include <QtCore/QSysInfo>
#include <QtCore/QTimer>

namespace drover {

namespace {

constexpr Milliseconds publishPeriod{100};
constexpr qsizetype laneWindow = 4096;

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
    return result;
}

} // namespace

class Broker::Private
{
public:
    Private(Broker *owner, BrokerOptions chosen)
        : q(owner), options(std::move(chosen)), scheduler(schedulerOptions(options)), feeds(scheduler)
    {
    }

    Result<void> openIdentity();
    Result<void> openStore();
    Result<void> listen();
    void discover();
    Roles rolesOf(const QByteArray &fingerprint) const;
    SessionId accept(Channel *channel);
    void dialled(Channel *channel, const QByteArray &key);
    void ready(SessionId id);
    void gone(SessionId id);
    void receive(Sessions::Session &session, const RawMessage &raw);
    void submit(Sessions::Session &session, const Submit &message);
    bool receiveWork(Sessions::Session &session, const RawMessage &raw);
    template <typename M>
    void pass(Sessions::Session &session, const RawMessage &raw);
    template <typename M, typename Handle>
    void read(Sessions::Session &session, const RawMessage &raw, Handle &&handle);
    void describe(SessionId session, const ShowBroker &message);
    void takeReplies();
    void fail(const Error &error);
    Now now() const { return {clock.monotonic(), clock.wall().time_since_epoch().count()}; }
    void act();
    void perform(SendTo &action);
    void perform(AppendRecords &action);
    void perform(LoadLane &action);
    void perform(FindTask &action);
    void perform(CloseSession &action);
    void schedulePublish();

    Broker *q;
    BrokerOptions options;
    const QString commandFunction = runCommand.name();
    Id incarnation;
    SystemClock clock;
    Scheduler scheduler;
    Feeds feeds;
    Actions actions;
    std::unique_ptr<Store> store;
    std::unique_ptr<Sessions> sessions;
    std::unique_ptr<WebSocketServer> server;
    std::unique_ptr<Discovery> discovery;
    std::unique_ptr<WorkerDialer> dialer;
    std::unique_ptr<TrustWatcher> watcher;
    std::optional<TrustStore> trust;
    TlsIdentity identity;
    QByteArray fingerprint;
    QTimer tick;
    QTimer publish;
    quint64 epoch = 0;
    qint64 startedMs = 0;
    bool broken = false;
};

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
    auto opened = Store::open(options.store, options.durability, laneWindow, [this] {
        QMetaObject::invokeMethod(q, [this] { takeReplies(); }, Qt::QueuedConnection);
    });
    if (!opened)
        return drover::fail(opened.error());
    store = *std::move(opened);
    Recovered recovered = store->takeRecovered();
    epoch = recovered.epoch;
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
    return sessions->add(std::unique_ptr<Channel>(channel), peer, rolesOf(peer));
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
        scheduler.clientConnected(id, session->owner, peer.name, peer.incarnation, now(), actions,
                                  permits(session->granted, Role::Admin));
    }
    act();
}

void Broker::Private::gone(SessionId id)
{
    feeds.forget(id);
    scheduler.disconnected(id, now(), actions);
    act();
}

template <typename M, typename Handle>
void Broker::Private::read(Sessions::Session &session, const RawMessage &raw, Handle &&handle)
{
    if (const auto message = decode<M>(raw))
        handle(*message);
    else
        session.link->refuse(message.error());
}

template <typename M>
void Broker::Private::pass(Sessions::Session &session, const RawMessage &raw)
{
    read<M>(session, raw, [&](const M &message) {
        scheduler.handle(session.id, message, now(), actions);
        act();
    });
}

// A worker's own submits are those of functions that somebody installed there.
void Broker::Private::submit(Sessions::Session &session, const Submit &message)
{
    const bool isCommand = message.function == commandFunction;
    if (isCommand && session.party == Party::Client && !permits(session.granted, Role::Command)) {
        session.link->send(SubmitRefused{
            message.seq, message.id,
            Error(ErrorCode::NotPermitted, QStringLiteral("This key may not run commands here: it lacks the role command."))});
        return;
    }
    scheduler.handle(session.id, message, now(), actions);
    act();
}

void Broker::Private::receive(Sessions::Session &session, const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Submit: return read<Submit>(session, raw, [&](const Submit &message) { submit(session, message); });
    case Kind::Cancel: return pass<Cancel>(session, raw);
    case Kind::Watch: return pass<Watch>(session, raw);
    case Kind::Unwatch: return pass<Unwatch>(session, raw);
    case Kind::Describe: return pass<Describe>(session, raw);
    case Kind::ShowTask: return pass<ShowTask>(session, raw);
    case Kind::StreamOpen: return pass<StreamOpen>(session, raw);
    case Kind::StreamCredit: return pass<StreamCredit>(session, raw);
    case Kind::StreamClose: return pass<StreamClose>(session, raw);
    case Kind::ShowBroker:
        return read<ShowBroker>(session, raw, [&](const ShowBroker &message) { describe(session.id, message); });
    case Kind::Subscribe:
        return read<Subscribe>(session, raw, [&](const Subscribe &message) {
            feeds.subscribe(session.id, message);
            schedulePublish();
        });
    case Kind::Unsubscribe:
        return read<Unsubscribe>(session, raw, [&](const Unsubscribe &message) { feeds.unsubscribe(session.id, message); });
    default:
        if (session.party != Party::Worker || !receiveWork(session, raw))
            session.link->refuse(Error(ErrorCode::ProtocolError, QStringLiteral("A broker takes no %1").arg(toString(raw.kind))));
    }
}

bool Broker::Private::receiveWork(Sessions::Session &session, const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Offer: pass<Offer>(session, raw); return true;
    case Kind::Grant: pass<Grant>(session, raw); return true;
    case Kind::Started: pass<Started>(session, raw); return true;
    case Kind::Finished: pass<Finished>(session, raw); return true;
    case Kind::Returned: pass<Returned>(session, raw); return true;
    case Kind::Renew: pass<Renew>(session, raw); return true;
    case Kind::Blocked: pass<Blocked>(session, raw); return true;
    case Kind::Resumed: pass<Resumed>(session, raw); return true;
    case Kind::StreamItems: pass<StreamItems>(session, raw); return true;
    default: return false;
    }
}

void Broker::Private::describe(SessionId session, const ShowBroker &message)
{
    const Scheduler::Totals totals = scheduler.totals();
    BrokerInfo info;
    info.request = message.request;
    info.name = options.name;
    info.version = QCoreApplication::applicationVersion();
    info.store = options.store;
    info.durability = toString(options.durability);
    info.log = options.log;
    info.incarnation = incarnation;
    info.epoch = epoch;
    info.queued = totals.queued;
    info.running = totals.running;
    info.finished = totals.finished;
    info.workers = totals.workers;
    info.slots = totals.slots_;
    info.startedMs = startedMs;
    info.pid = QCoreApplication::applicationPid();
    sessions->send(session, info);
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
                if constexpr (requires { scheduler.handle(known, now(), actions); })
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
    if (!feeds.isEmpty())
        schedulePublish();
}

void Broker::Private::perform(SendTo &action)
{
    if (Sessions::Session *session = sessions->find(action.session))
        std::visit([session](const auto &message) { session->link->send(message); }, action.message);
}

void Broker::Private::perform(AppendRecords &action)
{
    if (!broken && store)
        store->append(action.number, std::move(action.records));
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
    connect(&d->publish, &QTimer::timeout, this, [this] {
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
