// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"
#include "task/payload.h"
#include "task/state.h"

#include <QtCore/QList>

namespace drover {

//! What is kept of the log of an attempt, in bytes of UTF-8.
inline constexpr qsizetype maxKeptLog = 8 * 1024;

//! One try at a task. Times are milliseconds since 1970 in UTC, 0 = not yet.
struct AttemptInfo
{
    quint32 number = 0; //!< from 1
    QString worker;
    qint64 startedMs = 0;
    qint64 finishedMs = 0;
    State state = State::Received;
    Error error;
    QString log; //!< the last lines that it logged, at most maxKeptLog bytes; of the last attempts, once ended

    template <typename V> void fields(V &v)
    {
        v(number, worker, startedMs, finishedMs, state, error);
        v.later(log);
    }
    friend bool operator==(const AttemptInfo &, const AttemptInfo &) = default;
};

//! A result that came after its lease had gone to another attempt, or after the end of the task: it changed nothing.
struct OrphanInfo
{
    static constexpr qsizetype maxValue = 64 * 1024; //!< bytes; of greater values only the size is kept

    quint32 attempt = 0;
    quint64 epoch = 0; //!< with `attempt` the token of its lease
    QString worker;
    qint64 receivedMs = 0; //!< UTC
    bool ok = false;
    Payload value; //!< when ok, and not too large
    quint64 size = 0; //!< of the value, bytes
    Error error; //!< when not ok
    QString log; //!< as AttemptInfo::log

    template <typename V> void fields(V &v) { v(attempt, epoch, worker, receivedMs, ok, value, size, error, log); }
    friend bool operator==(const OrphanInfo &, const OrphanInfo &) = default;
};

//! What was asked of a task and has yet to be confirmed by its worker. On the wire: never renumber.
enum class Asked : quint8 { Nothing = 0, Cancel = 1, Kill = 2, Pause = 3, Resume = 4 };

//! "cancel", "kill", "pause", "resume"; empty for nothing.
DROVER_CORE_EXPORT QString toString(Asked asked);

//! What is known of a task at one moment. Times are milliseconds since 1970 in UTC, 0 = not yet.
struct TaskInfo
{
    TaskId id;
    QString function;
    QString queue;
    QString owner;
    QString worker; //!< of the last attempt, empty before the first
    QString summary; //!< of the arguments
    QString name; //!< as the user named it, often empty
    State state = State::Pending;
    Reason reason = Reason::None;
    quint32 attempt = 0; //!< number of the last attempt, 0 before the first
    qint8 priority = 0;
    qint64 submittedMs = 0;
    qint64 startedMs = 0;
    qint64 finishedMs = 0;
    TaskId parent;
    double progress = -1; //!< from 0 to 1, -1 = not known
    QString progressText;
    Error error;
    QList<AttemptInfo> attempts; //!< oldest first; only in answers about one task
    QString why; //!< why it does not run, for a person: "no worker has the tag gpu"
    Asked asked = Asked::Nothing;
    QList<OrphanInfo> orphans; //!< in the order in which they came; only in answers about one task

    template <typename V> void fields(V &v)
    {
        v(id, function, queue, owner, worker, summary, name, state, reason, attempt, priority, submittedMs, startedMs,
          finishedMs, parent, progress, progressText, error, attempts, why);
        v.later(asked, orphans);
    }
    friend bool operator==(const TaskInfo &, const TaskInfo &) = default;
};

} // namespace drover

Q_DECLARE_METATYPE(drover::TaskInfo)
