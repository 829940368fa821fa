// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/engine.h"
#include "plan.h"

#include <QtCore/QSet>

namespace drover::simulation {

class WorkerNode;

//! An attempt that runs, in an executor or as a command: takes virtual time, tells things, asks children, ends as its plan
//! says, or as it is told to.
class SimulatedRun
{
public:
    //! Where it runs: an executor, or 0 for a command.
    SimulatedRun(WorkerNode &worker, ExecutorId executor, const LeaseRef &lease, const Payload &arguments, int depth);
    ~SimulatedRun();
    SimulatedRun(const SimulatedRun &) = delete;

    const LeaseRef &lease() const { return m_lease; }
    bool isBlocked() const { return m_blocked; }
    MonotonicTime resumedAt() const { return m_resumedAt; }
    //! It was told to stop and is about to.
    bool isStopping() const { return m_stopped; }
    void begin();
    //! It is asked to stop.
    void stop(Reason why);
    void suspend(bool on);

    // What becomes of children.
    void refused(const TaskId &child, const Error &error);
    void renamed(const TaskId &child, const TaskId &existing);
    void answered(const TaskResult &result);

private:
    enum class Step { Children, End, Stopped };

    void plan(std::chrono::nanoseconds after, Step step);
    void take(Step step);
    void emitSome();
    void askChildren();
    void wait(bool on);
    void end();
    void succeed();
    void fail(const Error &error);
    void finish(Finished how);
    bool fails() const;

    WorkerNode &m_worker;
    const ExecutorId m_executor;
    const LeaseRef m_lease;
    const Plan m_plan;
    const int m_depth;
    MonotonicTime m_began{};
    QSet<TaskId> m_children; // that it waits for
    bool m_childFailed = false;
    bool m_blocked = false;
    MonotonicTime m_resumedAt{-std::chrono::hours(1)};
    bool m_suspended = false;
    bool m_stopped = false;
    Reason m_stopReason = Reason::User;
    std::optional<Step> m_next;
    MonotonicTime m_nextAt{};
    std::chrono::nanoseconds m_left{0}; // while it stands still
    quint64 m_number = 0; // of what is planned
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace drover::simulation
