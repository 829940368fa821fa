// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"

namespace drover {

//! Does what people want of queues as a whole: pause, resume, weights, durability.
class QueueControl
{
public:
    explicit QueueControl(Desk &desk) : m_desk(desk) {}

    void handle(SessionId from, const ConfigureQueue &message);

private:
    Result<void> check(const ConfigureQueue &message) const;
    QueueSettings settingsOf(const QString &name) const;
    QueueSettings changed(SessionId from, const ConfigureQueue &message) const;

    Desk &m_desk;
};

} // namespace drover
