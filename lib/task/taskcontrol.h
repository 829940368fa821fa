// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace drover {

//! What a person can have done with a task, besides cancelling it. The values reach the wire: never renumber.
enum class TaskControl : quint8 {
    Pause = 1, //!< one that waits is held; one that runs stands still once its worker has confirmed it
    Resume = 2, //!< what was paused goes on
    Kill = 3, //!< as a cancel, but what runs is not asked
    Purge = 4, //!< one that waits goes into the trash, from where it can be restored for a day
    Restore = 5, //!< out of the trash, back to its old place
};

//! What a control came to.
enum class ControlOutcome : quint8 {
    Requested = 1, //!< recorded; the worker has yet to confirm
    Done = 2,
};

} // namespace drover
