// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/function.h"

//! What executor_plugin can do.
namespace drover::testing {

inline constexpr Function<int(int, int)> add{"test.add", arg("a"), arg("b")};
inline constexpr Function<void()> fails{"test.throws"};
inline constexpr Function<void()> aborts{"test.abort"};
inline constexpr Function<void()> noise{"test.noise"}; //!< writes garbage to standard output
inline constexpr Function<void()> waitForStop{"test.wait"}; //!< says so, then waits until it is stopped
inline constexpr Function<void()> hang{"test.hang"}; //!< for ever, whoever asks
inline constexpr Function<int(int)> parent{"test.parent", arg("x")}; //!< awaits two additions
inline constexpr Function<void()> items{"test.items"}; //!< progress, a log line and a value

} // namespace drover::testing
