// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/function.h"

//! What the plugin of the chaos run can do. Each attempt writes to the journal when it begins and when it ends.
namespace chaos {

using drover::arg;

//! Takes so many milliseconds; gives them back.
inline constexpr drover::Function<int(int)> work{"chaos.work", arg("ms")};
//! The same, but fails in the attempts before that one.
inline constexpr drover::Function<int(int, int)> flaky{"chaos.flaky", arg("ms"), arg("succeedsAt")};
//! Awaits so many children that take so many milliseconds each; gives the sum.
inline constexpr drover::Function<int(int, int)> nested{"chaos.nested", arg("children"), arg("ms")};

} // namespace chaos
