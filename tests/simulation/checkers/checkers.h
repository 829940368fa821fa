// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "world.h"

namespace drover::simulation {

//! All checkers, one for each rule of delivery (DESIGN.md section 5) or a part of one.
std::vector<std::unique_ptr<Witness>> makeCheckers(World &world);

// One file each.
std::unique_ptr<Witness> checkSurvival(World &world);
std::unique_ptr<Witness> checkFinality(World &world);
std::unique_ptr<Witness> checkTokens(World &world);
std::unique_ptr<Witness> checkOrphans(World &world);
std::unique_ptr<Witness> checkLeases(World &world);
std::unique_ptr<Witness> checkContinuity(World &world);
std::unique_ptr<Witness> checkResending(World &world);
std::unique_ptr<Witness> checkExclusion(World &world);
std::unique_ptr<Witness> checkAtMostOnce(World &world);
std::unique_ptr<Witness> checkBlame(World &world);
std::unique_ptr<Witness> checkTiming(World &world);
std::unique_ptr<Witness> checkCancelling(World &world);
std::unique_ptr<Witness> checkControl(World &world);
std::unique_ptr<Witness> checkPull(World &world);
std::unique_ptr<Witness> checkDedup(World &world);
std::unique_ptr<Witness> checkLatency(World &world);

} // namespace drover::simulation
