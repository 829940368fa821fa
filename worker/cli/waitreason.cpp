// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/waitreason.h"

namespace drover::cli {

namespace {

constexpr Milliseconds first{1000};
constexpr Milliseconds longest{8000};

} // namespace

WaitReason::WaitReason(Shell &shell, TaskId id) : m_shell(shell), m_id(id)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { ask(); });
    m_timer.start(first);
}

void WaitReason::ask()
{
    m_shell.client().show(m_id).then(&m_timer, [this](const Result<TaskInfo> &task) { answer(task); });
}

void WaitReason::answer(const Result<TaskInfo> &task)
{
    if (task && isFinal(task->state))
        return;
    if (task && !task->why.isEmpty() && task->why != m_said) {
        m_said = task->why;
        m_shell.complain(QStringLiteral("waiting: %1").arg(m_said));
    }
    m_timer.start(qMin(longest, 2 * m_timer.intervalAsDuration()));
}

} // namespace drover::cli
