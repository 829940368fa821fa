// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/plugin.h"

#include <cstdlib>

//! Ends the process that loads it.
static void enter(drover::Registry &)
{
    std::abort();
}

DROVER_PLUGIN(enter)
