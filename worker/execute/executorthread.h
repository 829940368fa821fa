// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/executor.h"
#include "execute/scratchfolder.h"

#include <functional>
#include <memory>

namespace drover {

class Registry;

//! Enters functions in a registry, as a plugin does. Called once in each thread that runs them.
using EnterFunctions = std::function<void(Registry &registry)>;

//! An executor as a thread of this process, for the functions of an application that embeds a worker.
//!
//! A thread cannot be killed: kill() asks the running attempt to stop and hears nothing of it any more. Destroying it asks, too, and
//! then waits for the function to return.
class ExecutorThread final : public Executor
{
    Q_OBJECT
public:
    ExecutorThread(EnterFunctions functions, const ScratchFolder &scratch, QObject *parent = nullptr);
    ~ExecutorThread() override;

    void start() override;
    void close() override;
    void kill() override;
    void discard() override;

private:
    void write(QByteArray frame) override;

    class Thread;
    std::unique_ptr<Thread> m_thread;
    bool m_dead = false; //!< ended() was emitted
};

} // namespace drover
