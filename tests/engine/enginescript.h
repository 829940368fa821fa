// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/engine.h"

namespace drover::testing {

//! Plays events into an Engine and reads what it wants, as lines of text:
//! `1< Grant 2` to session 1, `e3< Assign a` to executor 3, `start e3`, `retire e3`, `kill e3`, `run a`, `ended`, ...
//! Tasks are called by a letter; tokens are epoch 1 and an attempt.
class EngineScript
{
public:
    explicit EngineScript(EngineOptions options = oneSlot());

    static EngineOptions oneSlot();
    static Id task(char name);
    static LeaseRef lease(char name, quint32 attempt = 1) { return {task(name), {1, attempt}}; }
    static Assign assign(char name, quint32 attempt = 1, const char *function = "f");
    static Assign command(char name);
    //! One whose arguments are a blob, and these in a file.
    static Assign large(char name);
    static Payload file(char name);
    static Finished finished(char name, bool ok = true, quint64 durationUs = 100'000);
    //! Submitted by task \a parent under the name \a name.
    static Submit submit(char parent, char name, quint64 seq);
    static TaskResult result(char name);
    static StreamItem item(const char *text);

    //! What happened since the last call; empty when nothing did.
    QStringList take();

    void connect(BrokerSession session, const char *broker = "A", bool commands = true);
    void disconnect(BrokerSession session);
    void ready(ExecutorId executor, const QStringList &functions = {QStringLiteral("f")});
    void died(ExecutorId executor, int signal = 6);
    void stop(bool graceful = true);
    void commandOutput(char name, const QByteArray &bytes);
    void commandFinished(char name);
    void fetched(char name, const Result<Payload> &arguments);
    template <typename M> void from(BrokerSession session, const M &message)
    {
        play([&] { engine.handle(session, message, now, actions); });
    }
    template <typename M> void fromExecutor(ExecutorId executor, const M &message)
    {
        play([&] { engine.handle(executor, message, now, actions); });
    }
    //! Lets time pass and the engine do what is due, each thing at its time.
    void advance(Milliseconds time);
    //! One executor is ready, broker A is connected and has granted places; nothing is left to read.
    void open();

    Engine engine;
    MonotonicTime now{std::chrono::hours(1)};

private:
    template <typename F> void play(F &&event)
    {
        event();
        engine.turn(now, actions);
    }

    WorkerActions actions;
};

} // namespace drover::testing
