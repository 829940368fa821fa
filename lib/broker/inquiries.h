// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"
#include "task/queueinfo.h"
#include "task/workerinfo.h"

namespace drover {

//! Answers what clients ask about tasks and functions.
class Inquiries
{
public:
    explicit Inquiries(Desk &desk) : m_desk(desk) {}

    void handle(SessionId from, const Watch &message);
    void handle(SessionId from, const Unwatch &message);
    void handle(SessionId from, const ShowTask &message);
    void handle(SessionId from, const Describe &message);

    TaskInfo describe(const LiveTask &task) const;
    WorkerInfo describe(const Worker &worker) const;
    QList<QueueInfo> queues() const;

private:
    Desk &m_desk;
};

} // namespace drover
