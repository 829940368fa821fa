// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/payloadcodec.h"
#include "protocol/token.h"

namespace drover {

//! How an attempt ended. Kept and sent again by the worker until FinishedAck.
struct Finished
{
    static constexpr Kind kind = Kind::Finished;

    TaskId id;
    Token token;
    bool ok = false;
    Payload value; //!< when ok
    Error error; //!< when not
    bool blamed = false; //!< the executor died while this attempt ran
    quint64 durationUs = 0;
    quint64 startedMs = 0; //!< UTC, by the worker's clock
    QString log; //!< the last lines that it logged, at most maxKeptLog bytes

    bool operator==(const Finished &) const = default;

    template <typename V> void fields(V &v)
    {
        v(id, token, ok, value, error, blamed, durationUs, startedMs);
        v.later(log);
    }
};

} // namespace drover
