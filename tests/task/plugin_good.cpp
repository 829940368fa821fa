// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/plugin.h"

static void enter(drover::Registry &registry)
{
    static constexpr drover::Function<int(int)> twice{"plugin.double", drover::arg("x")};
    registry.add(twice, [](int x) { return 2 * x; });
}

DROVER_PLUGIN(enter)
