// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks for one Changed (or Unknown) now and one for each change.
struct Watch
{
    static constexpr Kind kind = Kind::Watch;

    TaskId id;
    bool result = false; //!< also the TaskResult when it is final

    bool operator==(const Watch &) const = default;

    template <typename V> void fields(V &v) { v(id, result); }
};

} // namespace drover
