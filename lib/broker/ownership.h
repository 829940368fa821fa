// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"

namespace drover {

//! Lets a session reach its owner's tasks only, unless it may reach all. For it, others' tasks do not exist.
class Ownership
{
public:
    explicit Ownership(Desk &desk) : m_desk(desk) {}

    //! Calls \a reach when \a from may reach the task or nobody knows it, else \a refuse; perhaps after asking the store.
    void check(SessionId from, const TaskId &id, std::function<void()> reach, std::function<void()> refuse);

    //! Whether it reaches the tasks of everybody.
    bool reachesAll(SessionId from) const;

private:
    bool owns(SessionId from, const QByteArray &owner) const;

    Desk &m_desk;
};

} // namespace drover
