// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "checkers/checkers.h"
#include "checkers/checker.h"

namespace drover::simulation {

std::vector<std::unique_ptr<Witness>> makeCheckers(World &world)
{
    std::vector<std::unique_ptr<Witness>> all;
    for (const auto make : {checkSurvival, checkFinality, checkTokens, checkOrphans, checkLeases, checkContinuity,
                            checkResending, checkExclusion, checkAtMostOnce, checkBlame, checkTiming, checkCancelling,
                            checkControl, checkPull, checkDedup, checkLatency})
        all.push_back(make(world));
    return all;
}

bool endsLease(const Facts &before, const Record &record)
{
    if (!before.isLeased())
        return false;
    if (std::holds_alternative<TaskEnded>(record))
        return true;
    const auto *updated = std::get_if<TaskUpdated>(&record);
    if (!updated)
        return false;
    Facts after = before;
    after.task.delivery = updated->delivery;
    return !after.isLeased() || after.delivery().lease->token != before.delivery().lease->token;
}

} // namespace drover::simulation
