// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"

#include <QtCore/QRandomGenerator>

//! What the clients of the chaos run submit. The values are in ledgers.
enum class TaskKind : quint8 {
    Work = 0,
    Quick = 1, //!< several wait in one executor
    Flaky = 2, //!< fails once, and is tried again
    Failing = 3, //!< fails, is tried again, and fails
    Nested = 4,
    Command = 5,
    Delayed = 6,
    Keyed = 7, //!< by an idempotency key
    Unwanted = 8, //!< no result
    AtMostOnce = 9,
};
inline constexpr int taskKinds = 10;

//! "work", "quick", ...
QString toString(TaskKind kind);
//! What is expected to fail by itself.
bool mayFail(TaskKind kind);

//! Submits the task \a number of the client \a name.
std::shared_ptr<drover::PendingTask> submitTask(drover::Client &client, TaskKind kind, quint64 number,
                                                const QString &name, QRandomGenerator &random);
