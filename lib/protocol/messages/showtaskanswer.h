// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/taskinfocodec.h"

namespace drover {

//! Answers ShowTask.
struct ShowTaskAnswer
{
    static constexpr Kind kind = Kind::ShowTaskAnswer;

    quint64 request = 0;
    bool found = false; //!< false: `error` says why
    TaskInfo task; //!< when found
    Error error; //!< when not

    bool operator==(const ShowTaskAnswer &) const = default;

    template <typename V> void fields(V &v) { v(request, found, task, error); }
};

} // namespace drover
