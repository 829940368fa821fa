// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QString>

#include <optional>

namespace drover {

//! Where a task stands; why it does is a separate Reason. The values reach the wire and the disk: never renumber.
enum class State : quint8 {
    Held = 1,
    Scheduled = 2, //!< its eta is not reached
    Waiting = 3, //!< for other tasks
    Pending = 4, //!< queued
    Received = 5, //!< leased to a worker
    Started = 6,
    Paused = 7,
    Retry = 8, //!< failed, will run again at a known time
    Cancelling = 9, //!< cancel is asked for, not confirmed
    Trashed = 10, //!< purged, can be restored
    Success = 11,
    Failure = 12,
    Revoked = 13,
};

//! True for SUCCESS, FAILURE and REVOKED: nothing follows these.
DROVER_CORE_EXPORT bool isFinal(State state);

//! `PENDING`, spelled as Celery spells its states.
DROVER_CORE_EXPORT QString toString(State state);
//! Reads what toString() writes, in any case; nothing for other text.
DROVER_CORE_EXPORT std::optional<State> stateFromString(QStringView text);

} // namespace drover
