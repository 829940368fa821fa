// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/shell.h"

#include <QtCore/QTimer>

namespace drover::cli {

//! While it lives, it says on standard error why a task does not run: after one second, and when the reason changes.
class WaitReason
{
public:
    WaitReason(Shell &shell, TaskId id);
    //! From now on that of \a id.
    void setTask(TaskId id) { m_id = id; }

private:
    void ask();
    void answer(const Result<TaskInfo> &task);

    Shell &m_shell;
    TaskId m_id;
    QTimer m_timer;
    QString m_said;
};

} // namespace drover::cli
