// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/engine.h"
#include "execute/executorthread.h"
#include "support/export.h"
#include "support/result.h"

#include <QtCore/QObject>
#include <QtNetwork/QHostAddress>

namespace drover {

//! What an agent needs to know before it starts.
struct AgentOptions
{
    QString name; //!< for people
    quint32 slots = 1;
    QStringList tags;
    QStringList plugins; //!< files; none: commands only
    QString executor; //!< the program that calls runExecutor()
    QStringList executorArguments{QStringLiteral("executor")}; //!< before `--plugin FILE` for each plugin
    QString home; //!< see homeFolder()
    QHostAddress listenAddress = QHostAddress::Any;
    quint16 port = 0; //!< 0 = a free one
    QStringList brokers; //!< to dial: `drover://host[:port]` or `host[:port]`
    bool discoverable = true; //!< says on the LAN that it is here
    QStringList interfaces; //!< where to say so; empty = all
    EnterFunctions functions; //!< run in threads of this process, instead of plugins; may be empty
    Milliseconds idleExit{0}; //!< idle() after so long without a task; 0 = never
    EngineOptions engine; //!< times and limits; slots, tags and incarnation are set from the above
};

//! The worker of a machine: sessions with brokers, slots, executors. It runs no task and loads no plugin itself.
//! Lives in one thread with an event loop.
class DROVER_WORKER_EXPORT Agent : public QObject
{
    Q_OBJECT
public:
    explicit Agent(AgentOptions options, QObject *parent = nullptr);
    //! Kills what still runs, without telling anyone. See stop().
    ~Agent() override;

    //! Listens, dials and announces. Errors: no key, no TLS, port taken, an address that cannot be read.
    Result<void> start();
    //! First call: takes nothing new, finishes what runs. Second, or \a graceful false: kills what runs and hands it back. ended()
    //! follows.
    void stop(bool graceful);

    quint16 port() const;
    const QByteArray &fingerprint() const; //!< of its key; empty before start()
    Id incarnation() const;

Q_SIGNALS:
    //! Everything that stop() asked for is done.
    void ended();
    //! It had no task for AgentOptions::idleExit. Once; stop() is for whoever owns it.
    void idle();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
