// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/payloadcodec.h"
#include "protocol/token.h"

namespace drover {

//! A lease: run this.
struct Assign
{
    static constexpr Kind kind = Kind::Assign;

    TaskId id;
    Token token;
    QString function;
    quint64 signatureHash = 0;
    Payload arguments; //!< as in Submit
    quint64 timeoutMs = 0; //!< 0 = none
    quint64 streamFrom = 0;
    quint64 streamCredit = 0; //!< 0 = nobody reads the stream
    bool noResult = false; //!< the value is not wanted
    bool raw = false; //!< the function takes and gives bytes
    quint32 depth = 0; //!< of nested tasks
    QString owner; //!< for the log and for limits
    quint64 softTimeoutMs = 0; //!< when to tell it to end; 0 = not before the timeout
    bool ackEarly = false; //!< once it has begun it is never handed back
    bool exclusive = false; //!< killed when the lease is over
    quint64 leaseMs = 0; //!< how long the lease lasts without a renewal; 0 = 30 s

    bool operator==(const Assign &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, token, function, signatureHash, arguments, timeoutMs, streamFrom, streamCredit, noResult, raw, depth,
          owner);
        v.later(softTimeoutMs, ackEarly, exclusive, leaseMs);
    }
};

} // namespace drover
