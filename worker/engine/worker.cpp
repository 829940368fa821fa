// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/worker.h"

#include "engine/agent.h"
#include "engine/workerlock.h"
#include "support/home.h"
#include "support/program.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QSysInfo>
#include <QtCore/QThread>
#include <QtCore/QTimer>

namespace drover {

namespace {

Result<AgentOptions> agentOptions(const WorkerSettings &settings)
{
    if (settings.functions() && !settings.plugins().isEmpty())
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("A worker has functions of the application or plugins, not both; make two workers."));
    if (!settings.functions() && settings.plugins().isEmpty() && !settings.commands())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("A worker needs something to offer: functions(), plugins() or commands()."));
    const Result<QString> home = settings.home().isEmpty() ? homeFolder() : Result<QString>(settings.home());
    if (!home)
        return fail(home.error());
    AgentOptions options;
    options.home = *home;
    options.name = settings.name();
    if (options.name.isEmpty())
        options.name = QStringLiteral("%1 on %2").arg(QCoreApplication::applicationName(), QSysInfo::machineHostName());
    options.slots = settings.slotCount() ? settings.slotCount() : quint32(QThread::idealThreadCount());
    options.tags = settings.tags();
    options.functions = settings.functions();
    for (const QString &file : settings.plugins()) {
        if (!QFileInfo(file).isFile())
            return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no plugin %1.").arg(file));
        options.plugins.append(QFileInfo(file).absoluteFilePath());
    }
    if (!options.plugins.isEmpty()) {
        const Result<QString> program = droverProgram();
        if (!program)
            return fail(program.error());
        options.executor = *program;
    }
    options.engine.commands = settings.commands();
    if (!settings.address().isEmpty() && !options.listenAddress.setAddress(settings.address()))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("\"%1\" is no address to listen on.").arg(settings.address()));
    options.port = settings.port();
    options.brokers = settings.brokers();
    options.discoverable = settings.discoverable();
    options.idleExit = settings.idleExit();
    return options;
}

} // namespace

class Q_DECL_HIDDEN Worker::Private
{
public:
    Private(Worker *owner, WorkerSettings chosen) : q(owner), settings(std::move(chosen)) {}

    void setState(State next);
    void fail(const Error &error);
    Result<void> begin();
    void launch(AgentOptions options);
    void started(const Result<void> &how, quint16 openPort, const QByteArray &key);
    void end();
    void finished();
    //! Calls \a fn(agent) in the thread of the agent, unless it has gone.
    template <typename F> void tell(F fn)
    {
        if (inside)
            QMetaObject::invokeMethod(inside, [this, fn = std::move(fn)] {
                if (agent)
                    fn(*agent);
            });
    }

    Worker *q;
    WorkerSettings settings;
    State state = State::Inactive;
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<QThread> thread;
    QObject *inside = nullptr; //!< lives in the thread
    std::unique_ptr<Agent> agent; //!< the thread's
    QTimer patience;
    quint16 port = 0;
    QByteArray fingerprint;
    std::optional<Error> trouble; //!< why it ends before it was active
};

void Worker::Private::setState(State next)
{
    if (std::exchange(state, next) != next)
        Q_EMIT q->stateChanged(next);
}

void Worker::Private::fail(const Error &error)
{
    lock.reset();
    setState(State::Inactive);
    Q_EMIT q->failed(error);
}

Result<void> Worker::Private::begin()
{
    auto options = agentOptions(settings);
    if (!options)
        return drover::fail(options.error());
    auto taken = lockWorkerName(options->home, options->name);
    if (!taken)
        return drover::fail(taken.error());
    lock = *std::move(taken);
    launch(*std::move(options));
    return {};
}

void Worker::Private::launch(AgentOptions options)
{
    trouble.reset();
    thread = std::make_unique<QThread>();
    thread->setObjectName(QStringLiteral("drover worker"));
    connect(thread.get(), &QThread::finished, q, [this] { finished(); });
    inside = new QObject;
    inside->moveToThread(thread.get());
    connect(thread.get(), &QThread::finished, inside, &QObject::deleteLater);
    thread->start();
    QMetaObject::invokeMethod(inside, [this, options = std::move(options)] {
        agent = std::make_unique<Agent>(options);
        connect(agent.get(), &Agent::ended, q, [this] { end(); });
        connect(agent.get(), &Agent::idle, q, [this] {
            Q_EMIT q->idle();
            q->deactivate();
        });
        const Result<void> how = agent->start();
        QMetaObject::invokeMethod(
            q, [this, how, open = agent->port(), key = agent->fingerprint()] { started(how, open, key); });
    });
}

void Worker::Private::started(const Result<void> &how, quint16 openPort, const QByteArray &key)
{
    if (!how) {
        trouble = how.error();
        return end();
    }
    port = openPort;
    fingerprint = key;
    if (state != State::Activating)
        return;
    setState(State::Active);
    Q_EMIT q->activated();
}

// The agent is destroyed in its thread, and its thread ends with it.
void Worker::Private::end()
{
    patience.stop();
    port = 0;
    if (inside)
        QMetaObject::invokeMethod(inside, [this, last = thread.get()] {
            agent.reset();
            last->quit();
        });
}

void Worker::Private::finished()
{
    inside = nullptr;
    thread.release()->deleteLater();
    lock.reset();
    if (trouble)
        return fail(*std::exchange(trouble, std::nullopt));
    setState(State::Inactive);
    Q_EMIT q->deactivated();
}

Worker::Worker(WorkerSettings settings, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(settings)))
{
    d->patience.setSingleShot(true);
    connect(&d->patience, &QTimer::timeout, this, [this] { d->tell([](Agent &agent) { agent.stop(false); }); });
}

Worker::~Worker()
{
    if (!d->thread)
        return;
    d->thread->disconnect(this);
    d->end();
    d->thread->wait();
}

Worker::State Worker::state() const
{
    return d->state;
}

const WorkerSettings &Worker::settings() const
{
    return d->settings;
}

quint16 Worker::port() const
{
    return d->port;
}

QByteArray Worker::fingerprint() const
{
    return d->fingerprint;
}

void Worker::activate()
{
    if (d->state != State::Inactive)
        return;
    d->setState(State::Activating);
    if (const Result<void> begun = d->begin(); !begun)
        QMetaObject::invokeMethod(
            this, [this, why = begun.error()] { d->fail(why); }, Qt::QueuedConnection);
}

void Worker::deactivate(Milliseconds patience)
{
    if (d->state != State::Active && d->state != State::Activating)
        return;
    d->setState(State::Deactivating);
    d->patience.start(patience);
    d->tell([](Agent &agent) { agent.stop(true); });
}

} // namespace drover
