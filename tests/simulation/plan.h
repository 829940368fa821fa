// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "random.h"
#include "task/payload.h"

namespace drover::simulation {

//! What a simulated task does when it runs; travels as its arguments.
struct Plan
{
    Milliseconds work{0};
    quint32 failures = 0; //!< so many attempts throw
    quint32 crashes = 0; //!< so many attempts, after those, take their executor with them
    quint32 children = 0; //!< tasks that it submits and waits for
    quint32 emits = 0; //!< lines and values that it tells
    bool hangs = false; //!< does not end by itself in its first attempt
    bool stubborn = false; //!< does not listen when it is asked to stop
    bool detached = false; //!< its children are

    static Plan random(Random &random, int depth);
    Payload toPayload() const;
    static Plan fromPayload(const Payload &payload);
    QString toString() const;
};

} // namespace drover::simulation
