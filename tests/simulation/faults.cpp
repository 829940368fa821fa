// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "faults.h"

namespace drover::simulation {

namespace {

#define FAULT(name, rule, what) \
    PlantedFault \
    { \
        Fault::name, QLatin1String(#name), rule, QLatin1String(what) \
    }
constexpr PlantedFault table[] = {
    FAULT(AcknowledgesTooEarly, 1, "a submit is acknowledged before its commit"),
    FAULT(ReplayStopsEarly, 1, "a store that is opened leaves out the last commit"),
    FAULT(EndsTwice, 2, "a result that is told again is recorded again"),
    FAULT(SettledTooEarly, 2, "a result is called settled before its commit"),
    FAULT(EpochNotRaised, 3, "a store is opened with the epoch of the last time"),
    FAULT(OldTokenCounts, 3, "a result is taken from any lease while another one is in force"),
    FAULT(LateResultDropped, 3, "a late result is acknowledged and not kept"),
    FAULT(LostLinkEndsLease, 4, "a lost link ends the leases of the worker"),
    FAULT(ExpiresAfterSleep, 4, "a broker that has slept ends leases when it wakes"),
    FAULT(NoGraceAfterRestart, 4, "a broker that was started again waits half a lease time"),
    FAULT(StopsWhoComesBack, 5, "a worker that presents its leases is told to stop them"),
    FAULT(ResultNotResent, 5, "a worker does not tell results again on a new link"),
    FAULT(ExclusiveHandedBack, 5, "a worker that is stopped hands an exclusive task back while it runs"),
    FAULT(ExclusiveLivesOn, 5, "a worker lets an exclusive task go on without a lease"),
    FAULT(LostRecordEndsLease, 6, "a lease whose record was lost is not adopted"),
    FAULT(AssignsTooEarly, 6, "an ack_early task is assigned before its lease is on disk"),
    FAULT(RunsOnceMore, 6, "an ack_early task runs again when its worker is lost"),
    FAULT(LostLeaseCostsRetry, 7, "a lost lease counts as a failure"),
    FAULT(QuarantinedTooLate, 7, "a task is quarantined after four executors"),
    FAULT(SuspectsMeet, 7, "two suspects run on one worker"),
    FAULT(DelayIsCutShort, 8, "a delay lasts a hundredth of what was asked for"),
    FAULT(DueIsMissed, 8, "what is due by a duration is passed over"),
    FAULT(CancelAnsweredTooEarly, 9, "a cancel is answered before its commit"),
    FAULT(CancelIsForgotten, 9, "a cancelled task that is handed back runs again"),
    FAULT(CancelBeatsResult, 9, "a result that arrives in CANCELLING is thrown away"),
    FAULT(ControlAnsweredTooEarly, 9, "a pause or a purge is answered before its commit"),
    FAULT(PausedQueueRuns, 9, "a task of a paused queue is given away"),
    FAULT(AssignsBeyondGrant, 10, "a broker sends one assign more than was granted"),
    FAULT(OneSlotTooMany, 10, "a worker runs one attempt more than it has slots"),
    FAULT(ResubmitRunsAgain, 11, "a submit that is sent again is not recognised by its number"),
    FAULT(KeysAreForgotten, 11, "a restart forgets idempotency keys"),
    FAULT(OldSubmitRuns, 11, "a submit older than what is remembered runs"),
    FAULT(DispatchWaits, 12, "every assign waits for the disk"),
    FAULT(ResultAcknowledgedTooEarly, 3, "a worker may forget a result before it is on disk"),
    FAULT(WindowHasNoEnd, 12, "a client sends submits without a bound"),
};
#undef FAULT

} // namespace

std::span<const PlantedFault> plantedFaults()
{
    return table;
}

const PlantedFault *plantedFaultOf(QStringView name)
{
    for (const PlantedFault &fault : table) {
        if (name == fault.name)
            return &fault;
    }
    return nullptr;
}

} // namespace drover::simulation
