// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/ownership.h"

namespace drover {

//! Decides who gets a large value: a client those in arguments and results of the tasks that it may reach, a worker those in
//! arguments of the tasks that it has the lease of, and in results of tasks that these submitted.
class BlobAccess
{
public:
    BlobAccess(Desk &desk, Ownership &ownership) : m_desk(desk), m_ownership(ownership) {}

    void handle(SessionId from, const BlobGet &message);

private:
    void serve(SessionId from, const BlobGet &message);
    void serveFrom(SessionId from, const BlobGet &message, const Submission &submission, const Outcome *outcome);
    bool isLeased(SessionId from, const TaskId &id) const;
    void refuse(SessionId from, const BlobGet &message);

    Desk &m_desk;
    Ownership &m_ownership;
};

} // namespace drover
