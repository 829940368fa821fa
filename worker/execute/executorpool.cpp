// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorpool.h"

#include "execute/executorprocess.h"
#include "protocol/messages/hello.h"
#include "protocol/messages/offer.h"
#include "session/link.h"
#include "support/logging.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QTimer>

namespace drover {

namespace {

//! A growing pause after failures.
struct Pause
{
    Milliseconds length{0};
    QDeadlineTimer until;

    void grow(const ExecutorPoolOptions &options)
    {
        length = length.count() ? qMin(2 * length, options.longestPause) : options.firstPause;
        until.setRemainingTime(length);
    }
};

struct Entry
{
    Executor *process = nullptr; // null while its start is delayed
    QStringList plugins;
    qsizetype loaded = 0;
    bool ready = false;
};

} // namespace

struct ExecutorPool::Private
{
    Private(ExecutorPool *owner, ExecutorPoolOptions o) : q(owner), options(std::move(o)) {}

    ExecutorPool *q;
    ExecutorPoolOptions options;
    QHash<quint32, Entry> entries;
    QSet<Executor *> retired;
    QHash<QString, Pause> excluded; // by plugin
    Pause pause; // of all starts

    QStringList plugins() const;
    Executor *make(const QStringList &plugins);
    void launch(quint32 id);
    void greet(quint32 id, const QByteArray &frame);
    Result<void> greet(quint32 id, const RawMessage &message);
    void ended(quint32 id, int signal, int exitCode, const QString &problem);
    void failedToLoad(const Entry &entry, const QString &problem);
    void exclude(const QString &plugin);
};

QStringList ExecutorPool::Private::plugins() const
{
    QStringList usable;
    for (const QString &plugin : options.plugins) {
        if (const auto found = excluded.find(plugin); found == excluded.end() || found->until.hasExpired())
            usable.append(plugin);
    }
    return usable;
}

Executor *ExecutorPool::Private::make(const QStringList &plugins)
{
    if (options.functions)
        return new ExecutorThread(options.functions, ScratchFolder(options.scratch), q);
    QStringList arguments = options.arguments;
    for (const QString &plugin : plugins)
        arguments << QStringLiteral("--plugin") << plugin;
    return new ExecutorProcess(options.program, arguments, ScratchFolder(options.scratch), q);
}

void ExecutorPool::Private::launch(quint32 id)
{
    Entry &entry = entries[id];
    entry.plugins = plugins();
    Executor *process = make(entry.plugins);
    entry.process = process;
    connect(process, &Executor::received, q, [this, id](const QByteArray &frame) {
        if (entries.value(id).ready)
            Q_EMIT q->received(id, frame);
        else
            greet(id, frame);
    });
    connect(process, &Executor::ended, q,
            [this, id](int signal, int exitCode, const QString &problem) { ended(id, signal, exitCode, problem); });
    process->start();
}

void ExecutorPool::Private::greet(quint32 id, const QByteArray &frame)
{
    FrameReader reader(frame);
    Result<void> taken;
    while (const auto message = reader.next()) {
        if (taken = greet(id, *message); !taken)
            break;
    }
    const Error why = !taken ? taken.error() : reader.error();
    if (why.code() == ErrorCode::None)
        return;
    qCWarning(logWorker).noquote() << "executor" << id << "is killed:" << why.message();
    q->kill(id);
}

Result<void> ExecutorPool::Private::greet(quint32 id, const RawMessage &message)
{
    if (message.kind == Kind::Hello) {
        const Result<Hello> hello = decode<Hello>(message);
        if (hello && (hello->minVersion > newestProtocol || hello->maxVersion < oldestProtocol))
            return fail(ErrorCode::VersionMismatch,
                        QStringLiteral("It is of another version of Drover. Restart the worker."));
        return hello ? Result<void>() : fail(hello.error());
    }
    if (message.kind != Kind::Offer)
        return {};
    const Result<Offer> offer = decode<Offer>(message);
    if (!offer)
        return fail(offer.error());
    Entry &entry = entries[id];
    entry.loaded = offer->tags.size();
    if (offer->stopping)
        return {};
    entry.ready = true;
    pause = {};
    for (const QString &plugin : std::as_const(entry.plugins))
        excluded.remove(plugin);
    Q_EMIT q->ready(id, offer->functions);
    return {};
}

void ExecutorPool::Private::ended(quint32 id, int signal, int exitCode, const QString &problem)
{
    const Entry entry = entries.take(id);
    entry.process->discard();
    if (!entry.ready)
        failedToLoad(entry, problem);
    Q_EMIT q->died(id, signal, exitCode);
    if (q->isEmpty())
        Q_EMIT q->emptied();
}

void ExecutorPool::Private::failedToLoad(const Entry &entry, const QString &problem)
{
    if (problem.isEmpty() && entry.loaded < entry.plugins.size())
        return exclude(entry.plugins.at(entry.loaded));
    pause.grow(options);
    const QString why = problem.isEmpty() ? QStringLiteral("it ended before it was ready") : problem;
    qCWarning(logWorker).noquote() << "An executor could not be started:" << why << "- trying again in"
                                   << pause.length.count() << "ms";
}

void ExecutorPool::Private::exclude(const QString &plugin)
{
    Pause &pause = excluded[plugin];
    pause.grow(options);
    qCWarning(logWorker).noquote() << "The plugin" << plugin << "ended the executor that loaded it; it is left out for"
                                   << pause.length.count() << "ms";
    QTimer::singleShot(pause.length, q, [this, plugin] {
        if (const auto found = excluded.find(plugin); found != excluded.end() && found->until.hasExpired())
            Q_EMIT q->pluginDue();
    });
}

ExecutorPool::ExecutorPool(ExecutorPoolOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(options)))
{}

ExecutorPool::~ExecutorPool()
{
    for (const Entry &entry : std::as_const(d->entries)) {
        if (entry.process)
            entry.process->disconnect(this);
    }
}

Executor *ExecutorPool::find(quint32 id) const
{
    return d->entries.value(id).process;
}

void ExecutorPool::start(quint32 id)
{
    d->entries.insert(id, {});
    const auto launch = [this, id] {
        if (d->entries.contains(id))
            d->launch(id);
    };
    const Milliseconds wait(d->pause.length.count() ? qMax<qint64>(0, d->pause.until.remainingTime()) : 0);
    if (wait.count() > 0)
        QTimer::singleShot(wait, this, launch);
    else
        launch();
}

void ExecutorPool::flush()
{
    for (const Entry &entry : std::as_const(d->entries)) {
        if (entry.process)
            entry.process->flush();
    }
}

void ExecutorPool::retire(quint32 id)
{
    Executor *process = d->entries.take(id).process;
    if (!process)
        return;
    process->disconnect(this);
    d->retired.insert(process);
    connect(process, &Executor::ended, this, [this, process] {
        d->retired.remove(process);
        process->discard();
        if (isEmpty())
            Q_EMIT emptied();
    });
    process->close();
}

void ExecutorPool::kill(quint32 id)
{
    if (Executor *process = find(id))
        process->kill();
    else if (d->entries.remove(id))
        QMetaObject::invokeMethod(
            this, [this, id] { Q_EMIT died(id, 0, 0); }, Qt::QueuedConnection);
}

bool ExecutorPool::isEmpty() const
{
    return d->entries.isEmpty() && d->retired.isEmpty();
}

qint64 ExecutorPool::processId(quint32 id) const
{
    const Executor *process = find(id);
    return process ? process->processId() : 0;
}

} // namespace drover
