// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"

namespace drover {

//! The task as people see it. What has ended but is not recorded shows as it was before.
TaskInfo taskInfo(const LiveTask &task);
TaskInfo taskInfo(const StoredTask &task);
TaskInfo taskInfo(const FinishedTask &finished);
//! The recorded result as it is sent.
TaskResult taskResult(const TaskId &id, const Ending &ending, bool settled);
//! The same from history, where it may be over its time: then the error is Expired.
TaskResult storedResult(const TaskId &id, const Ending &ending, qint64 nowMs);

//! Why a task does not run, for a person; empty for those that do.
QString whyWaiting(const Desk &desk, const LiveTask &task);
//! The same for one that is on disk only.
QString whyWaiting(const Desk &desk, const StoredTask &task);

//! What is said of a task that does not exist, or not for the one who asks.
Error notFound(const TaskId &id);

} // namespace drover
