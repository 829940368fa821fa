// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

// Mistakes that can be planted in the code, to prove that the simulator (tests/simulation) would find them there. Only its own
// build of the code has them, one at a time; anywhere else DROVER_FAULT(Name) is the constant false.

#ifdef DROVER_PLANTED_FAULTS

namespace drover {

//! The sentences that say what each of them is are in tests/simulation/faults.cpp.
enum class Fault : quint8 {
    None,
    AcknowledgesTooEarly,
    ReplayStopsEarly,
    EndsTwice,
    SettledTooEarly,
    EpochNotRaised,
    OldTokenCounts,
    LateResultDropped,
    LostLinkEndsLease,
    ExpiresAfterSleep,
    NoGraceAfterRestart,
    StopsWhoComesBack,
    ResultNotResent,
    ExclusiveHandedBack,
    ExclusiveLivesOn,
    LostRecordEndsLease,
    AssignsTooEarly,
    RunsOnceMore,
    LostLeaseCostsRetry,
    QuarantinedTooLate,
    SuspectsMeet,
    DelayIsCutShort,
    DueIsMissed,
    CancelAnsweredTooEarly,
    CancelIsForgotten,
    CancelBeatsResult,
    ControlAnsweredTooEarly,
    PausedQueueRuns,
    AssignsBeyondGrant,
    OneSlotTooMany,
    ResubmitRunsAgain,
    KeysAreForgotten,
    OldSubmitRuns,
    DispatchWaits,
    ResultAcknowledgedTooEarly,
    WindowHasNoEnd,
};

inline Fault plantedFault = Fault::None;

} // namespace drover

#define DROVER_FAULT(name) (::drover::plantedFault == ::drover::Fault::name)

#else

#define DROVER_FAULT(name) false

#endif
