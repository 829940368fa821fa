// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/options.h"
#include "task/payload.h"

#include <optional>

namespace drover {

//! The running attempt on whose behalf a task is submitted.
struct Parent
{
    TaskId task;
    quint64 epoch = 0; //!< with `attempt` the token of the lease
    quint32 attempt = 0;
    quint32 callNumber = 0; //!< from 1, the same in each attempt: a retried parent finds its children by it

    template <typename V> void fields(V &v) { v(task, epoch, attempt, callNumber); }
    friend bool operator==(const Parent &, const Parent &) = default;
};

//! All that a backend needs to know of a new task.
struct Submission
{
    static constexpr qsizetype maxSummary = 200; //!< bytes of UTF-8

    TaskId id;
    QString function;
    quint64 signatureHash = 0; //!< Signature::hash() as the caller knows it; 0 = unknown, not checked
    Payload arguments;
    QString summary; //!< the arguments as text for tables and search, at most maxSummary bytes
    Options options;
    std::optional<Parent> parent;
    quint32 item = 0; //!< which one of a batch it is, from 1, as its id says, too; 0 = none

    friend bool operator==(const Submission &, const Submission &) = default;
};

} // namespace drover
