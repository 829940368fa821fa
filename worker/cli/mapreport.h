// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/joblog.h"
#include "cli/mapplan.h"
#include "cli/progressdisplay.h"

#include <map>

namespace drover::cli {

//! What `drover map` shows of its items: outputs in the order of the input as soon as all before them have come, progress, the job
//! log.
class MapReport
{
public:
    //! \a pending are the numbers of the items that run, rising. \a log may be null.
    MapReport(Shell &shell, const MapPlan &plan, QList<qint64> pending, std::unique_ptr<JobLog> log);

    //! The item at \a index of the pending ones ended as \a task.
    void take(qint64 index, TaskId task, Result<CommandResult> result);
    //! Waits until the job log is complete.
    Answer<void> logged();
    //! Something else is printed.
    void hideProgress() { m_progress.hide(); }

    qint64 done() const { return m_done; }
    qint64 failed() const { return m_failed; }
    qint64 total() const { return m_pending.size(); }

private:
    struct Ended
    {
        TaskId task;
        Result<CommandResult> result;
    };
    void print(qint64 seq, const Ended &ended);
    void printJson(qint64 seq, const Ended &ended);
    void log(qint64 seq, const Ended &ended);
    void write(qint64 seq, const Result<TaskInfo> &task, const Result<CommandResult> &result);

    Shell &m_shell;
    const MapPlan &m_plan;
    const QList<qint64> m_pending;
    const std::unique_ptr<JobLog> m_log;
    ProgressDisplay m_progress;
    QObject m_context;
    std::map<qint64, Ended> m_waiting; //!< by index, for those before them
    qint64 m_next = 0; //!< index of the next one to print
    qint64 m_done = 0;
    qint64 m_failed = 0;
    qint64 m_logging = 0; //!< lines of the log that wait for an answer
    Answer<void> m_logged;
};

} // namespace drover::cli
