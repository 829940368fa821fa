// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/error.h"

#include <iterator>

namespace drover {

namespace {

constexpr const char *codeNames[] = {
    "none",           "invalid_argument", "unsupported", "not_found",     "task_failed",    "revoked",   "timeout",
    "client_closed",  "unavailable",      "not_trusted", "not_permitted", "protocol_error", "too_large", "conflict",
    "storage_failed", "version_mismatch", "expired",     "internal",      "too_old",
};

constexpr const char *reasonNames[] = {
    "none",          "exception",    "exit_code",  "crashed", "timeout",  "deadline",          "worker_lost",
    "out_of_memory", "output_limit", "disk_limit", "expired", "rejected", "dependency_failed", "quarantined",
    "spawn_failed",  "user",
};

template <size_t N> QString nameOf(const char *const (&names)[N], size_t value)
{
    return value < N ? QString::fromLatin1(names[value]) : QStringLiteral("unknown(%1)").arg(value);
}

} // namespace

QString toString(ErrorCode code)
{
    return nameOf(codeNames, size_t(code));
}

QString toString(Reason reason)
{
    return nameOf(reasonNames, size_t(reason));
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << toString(error.code());
    if (error.reason() != Reason::None)
        debug << '/' << toString(error.reason());
    if (!error.typeName().isEmpty())
        debug << ' ' << error.typeName();
    return debug << ": " << error.message();
}

TaskError::TaskError(Error error) : m_error(std::move(error)), m_what(m_error.message().toUtf8()) {}

} // namespace drover
