// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"
#include "task/signature.h"

namespace drover {

//! A lease that the worker has not given back nor finished.
struct HeldLease
{
    TaskId id;
    Token token;
    bool started = false;
    bool blocked = false; //!< waits for its own tasks, its slot is lent
    bool paused = false; //!< stands still, see Suspend

    bool operator==(const HeldLease &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, token, started, blocked);
        v.later(paused);
    }
};

//! What a worker (or an executor to its agent) can do and still holds: after Hello, and whenever it changes.
struct Offer
{
    static constexpr Kind kind = Kind::Offer;

    quint32 slots = 0;
    QStringList tags;
    QList<Signature> functions;
    QList<HeldLease> held; //!< of this broker
    Id incarnation; //!< of the run of the agent; leases of another one are over
    bool stopping = false; //!< takes nothing new

    bool operator==(const Offer &) const = default;

    template <typename V> void fields(V &v) { v(slots, tags, functions, held, incarnation, stopping); }
};

} // namespace drover
