// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "task/state.h"

namespace drover {

template <> struct WireEnum<State>
{
    static constexpr auto first = State::Held;
    static constexpr auto last = State::Revoked;
};

} // namespace drover
