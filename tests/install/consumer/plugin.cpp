// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "figures.h"

#include <task/plugin.h>

DROVER_PLUGIN(figures::addFunctions)
