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

    bool operator==(const Assign &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, token, function, signatureHash, arguments, timeoutMs, streamFrom, streamCredit, noResult, raw, depth,
          owner);
    }
};

} // namespace drover
