// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "words.h"

#include "task/plugin.h"
#include "task/registry.h"

static void addFunctions(drover::Registry &registry)
{
    registry.add(words::countWords, words::count);
}
DROVER_PLUGIN(addFunctions)
