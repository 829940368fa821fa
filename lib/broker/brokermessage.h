// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages.h"

#include <variant>

namespace drover {

//! What the scheduler of a broker sends to clients and workers.
using BrokerMessage =
    std::variant<Accepted, SubmitRefused, Duplicate, TaskResult, Settled, CancelAnswer, RetryAnswer, ControlAnswer,
                 QueueConfigured, Changed, Unknown, BatchChanged, Functions, ShowTaskAnswer, TaskList, StreamOpen,
                 StreamCredit, StreamClose, StreamItems, BlobData, Demand, Assign, FinishedAck, Renewed, Stop, Suspend>;

} // namespace drover
