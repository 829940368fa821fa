// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/id.h"

#include <QtCore/QDebug>
#include <QtCore/QString>
#include <QtCore/QVariantMap>

#include <exception>

namespace drover {

//! What kind of thing went wrong. The values reach the wire and the disk: never renumber.
enum class ErrorCode : quint16 {
    None = 0,
    InvalidArgument = 1, //!< the call itself is wrong: a parameter, a URL, an option's value
    Unsupported = 2, //!< known, but not done by this backend or version; the message names it
    NotFound = 3, //!< no such task, function, queue, program
    TaskFailed = 4, //!< the task ran, or was tried, and ended in FAILURE; see Error::reason()
    Revoked = 5, //!< the task was cancelled
    Timeout = 6, //!< the caller's patience ended; the task may go on
    ClientClosed = 7, //!< the Client was destroyed or closed while this was awaited
    Unavailable = 8, //!< no broker, no link; trying again can help
    NotTrusted = 9, //!< the other side does not know this key
    NotPermitted = 10, //!< known, but the role is not enough
    ProtocolError = 11, //!< the other side broke the format
    TooLarge = 12, //!< over a size limit; the message names the limit
    Conflict = 13, //!< same id or key, other content
    StorageFailed = 14, //!< disk full, read-only, corrupt, or in use; the message names the file
    VersionMismatch = 15, //!< a file or a peer of a version that this program does not know
    Expired = 16, //!< the result was there and is gone by its age
    Internal = 17, //!< a fault of Drover itself
    TooOld =
        18, //!< submitted again after the time for which submits are remembered: it may have run, and does not run now
};

//! Why a task is in its state. The values reach the wire and the disk: never renumber.
enum class Reason : quint8 {
    None = 0,
    Exception = 1,
    ExitCode = 2,
    Crashed = 3, //!< the executor died; details: "signal"
    Timeout = 4,
    Deadline = 5,
    WorkerLost = 6,
    OutOfMemory = 7,
    OutputLimit = 8,
    DiskLimit = 9,
    Expired = 10,
    Rejected = 11, //!< the worker's function has another signature, or the arguments do not fit it
    DependencyFailed = 12,
    Quarantined = 13,
    SpawnFailed = 14, //!< the program could not be started; details: "notFound"
    User = 15,
};

//! The name used in output and JSON: `invalid_argument`, `crashed`, ...
DROVER_CORE_EXPORT QString toString(ErrorCode code);
DROVER_CORE_EXPORT QString toString(Reason reason);

//! Everything known about a failure, as a value. Copyable, comparable; no signals; any thread.
class Error
{
public:
    Error() = default;
    Error(ErrorCode code, QString message) : m_code(code), m_message(std::move(message)) {}
    //! A task that failed for \a reason; its code is TaskFailed.
    Error(Reason reason, QString message)
        : m_code(ErrorCode::TaskFailed), m_reason(reason), m_message(std::move(message))
    {}

    ErrorCode code() const { return m_code; }
    Reason reason() const { return m_reason; }
    //! The name of the type that was thrown ("std::runtime_error"), or empty.
    const QString &typeName() const { return m_typeName; }
    //! One or two sentences for a person: what is wrong, and what to do.
    const QString &message() const { return m_message; }
    //! More, by name: "signal", "exitCode", "parameter", ...
    const QVariantMap &details() const { return m_details; }
    //! True when trying the same again can help.
    bool isTransient() const { return m_transient; }
    //! The task and attempt it is about; null and 0 where there is none.
    TaskId taskId() const { return m_taskId; }
    quint32 attempt() const { return m_attempt; }

    // clang-format off
    Error &setCode(ErrorCode code) { m_code = code; return *this; }
    Error &setReason(Reason reason) { m_reason = reason; return *this; }
    Error &setTypeName(QString name) { m_typeName = std::move(name); return *this; }
    Error &setMessage(QString message) { m_message = std::move(message); return *this; }
    Error &setDetails(QVariantMap details) { m_details = std::move(details); return *this; }
    Error &setDetail(const QString &name, const QVariant &value) { m_details.insert(name, value); return *this; }
    Error &setTransient(bool on = true) { m_transient = on; return *this; }
    Error &setTask(TaskId id, quint32 attempt) { m_taskId = id; m_attempt = attempt; return *this; }
    // clang-format on

    friend bool operator==(const Error &, const Error &) = default;

private:
    ErrorCode m_code = ErrorCode::None;
    Reason m_reason = Reason::None;
    bool m_transient = false;
    quint32 m_attempt = 0;
    TaskId m_taskId;
    QString m_typeName;
    QString m_message;
    QVariantMap m_details;
};

DROVER_CORE_EXPORT QDebug operator<<(QDebug debug, const Error &error);

//! What Result::value() throws. The only exception that leaves Drover's API.
class DROVER_CORE_EXPORT TaskError : public std::exception
{
public:
    explicit TaskError(Error error);
    const Error &error() const { return m_error; }
    const char *what() const noexcept override { return m_what.constData(); }

private:
    Error m_error;
    QByteArray m_what;
};

} // namespace drover

Q_DECLARE_METATYPE(drover::Error)
