// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/token.h"

namespace drover {

//! The attempt is to stand still, or to go on; answered by Suspended, or by Returned when it had not begun.
struct Suspend
{
    static constexpr Kind kind = Kind::Suspend;

    TaskId id;
    Token token;
    bool on = false; //!< stand still

    bool operator==(const Suspend &) const = default;

    template <typename V> void fields(V &v) { v(id, token, on); }
};

} // namespace drover
