// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/workersettings.h"
#include "support/error.h"

#include <QtCore/QObject>

#include <memory>

namespace drover {

//! A worker inside an application: offers functions and slots to brokers, and runs their tasks, on threads of its own.
//!
//!     drover::Worker worker(drover::WorkerSettings().functions(addFunctions));
//!     worker.activate();
//!
//! It is the same worker as `drover worker`: brokers find it on the LAN, or it dials them, and both sides must trust each other's
//! keys. Functions of plugins run in processes of their own. Functions of the application run in threads of it, one for each slot:
//! they take part in its memory and its fate. Such a function can be asked to stop (Context::stopToken()) but not killed; one that
//! does not listen is given up, its result is dropped, and its thread goes on until it returns.
//!
//! Lives in a thread with an event loop; signals come there. All functions return at once.
class DROVER_WORKER_EXPORT Worker : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
public:
    enum class State : quint8 {
        Inactive = 0,
        Activating = 1,
        Active = 2, //!< listens, dials and runs tasks
        Deactivating = 3, //!< takes nothing new and finishes what runs
    };
    Q_ENUM(State)

    //! How long deactivate() lets running tasks go on, unless told otherwise.
    static constexpr Milliseconds defaultPatience{30'000};

    explicit Worker(WorkerSettings settings = {}, QObject *parent = nullptr);
    //! Ends what still runs, as a worker that died: its tasks run elsewhere. Waits for functions of the application to return.
    ~Worker() override;

    State state() const;
    const WorkerSettings &settings() const;
    //! Where it listens; 0 unless it is active.
    quint16 port() const;
    //! Of its key, 32 bytes; empty before it was active.
    QByteArray fingerprint() const;

    //! Starts it; activated() or failed() follows. Nothing when it is not inactive.
    void activate();
    //! Takes nothing new, hands back what has not begun, and lets what runs go on for \a patience; then that is ended and handed back,
    //! too. deactivated() follows. Nothing is lost: what was handed back runs elsewhere, or when it is active again.
    void deactivate(Milliseconds patience = defaultPatience);

Q_SIGNALS:
    void stateChanged(drover::Worker::State state);
    void activated();
    void deactivated();
    //! It had nothing to do for WorkerSettings::idleExit() and deactivates itself now.
    void idle();
    //! It could not be activated: no functions, a name that is taken, no home, no port, an address that cannot be read.
    void failed(const drover::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
