// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/attemptstream.h"
#include "engine/logtail.h"
#include "protocol/leaseref.h"
#include "protocol/messages/assign.h"
#include "protocol/messages/finished.h"
#include "protocol/messages/offer.h"
#include "support/clock.h"

#include <optional>
#include <unordered_map>

namespace drover {

//! An attempt that a broker leased to this worker, until its result is acknowledged.
struct HeldAttempt
{
    enum class Stage : quint8 {
        Preparing, //!< has no place yet: waits for its large arguments, or, exclusive, for the word that it may begin
        Queued, //!< waits here for a slot
        Placed, //!< waits in an executor
        Running,
        Blocked, //!< waits for its own tasks, its slot is lent
        Done, //!< its result waits for the acknowledgement
    };
    //! Why it was asked to stop.
    enum class Ending : quint8 { None, Cancelled, SoftTimedOut, TimedOut, LeaseLost };

    LeaseRef ref;
    QByteArray broker;
    Assign assign; //!< its arguments go when it is done
    Stage stage = Stage::Queued;
    Ending ending = Ending::None;
    bool command = false;
    bool paused = false; //!< the output of the command waits
    bool startedSent = false;
    bool takingBack = false;
    bool suspendWanted = false; //!< it is to stand still as soon as it can
    bool acknowledged = false; //!< only its stream is still wanted
    bool confirmed = true; //!< the broker has answered a renewal that was sent after this lease had come
    quint64 confirmedBy = 0; //!< the number of that renewal
    bool spooled = false; //!< its result is on disk
    quint32 executor = 0; //!< 0 = none
    MonotonicTime since{}; //!< when it came to its stage
    MonotonicTime assignedAt{};
    Milliseconds leaseTime{0};
    std::optional<MonotonicTime> softDeadline;
    std::optional<MonotonicTime> deadline;
    std::optional<MonotonicTime> killAt;
    std::optional<MonotonicTime> suspendedAt; //!< it stands still
    std::optional<MonotonicTime> heldSince; //!< the link of the reader is lost
    quint64 allowed = StreamItem::capacity; //!< what the executor may tell in all
    std::unique_ptr<AttemptStream> stream; //!< made with the first item or reader
    std::unique_ptr<LogTail> log; //!< made with the first line
    Finished finished;

    bool isHere() const { return stage <= Stage::Queued; } //!< no executor knows of it
    //! Another worker could run it as soon as this one; large arguments would have to travel once more.
    bool isReturnable() const { return stage == Stage::Queued && !assign.arguments.has(Segment::File); }
    //! Its large arguments are still with the broker.
    bool isFetching() const { return stage == Stage::Preparing && assign.arguments.has(Segment::Blob); }
    bool isOccupying() const { return stage == Stage::Running; }
    AttemptStream &openStream();
    void keepLog(const QByteArray &line);
    HeldLease held() const
    {
        return {ref.id, ref.token, stage >= Stage::Running, stage == Stage::Blocked, suspendedAt.has_value()};
    }
};

//! All attempts that are held. Pointers stay valid until take().
class HeldLeases
{
public:
    //! The new attempt for \a assign, or null when that lease is held already.
    HeldAttempt *add(const Assign &assign, const QByteArray &broker);
    HeldAttempt *find(const LeaseRef &ref);
    //! The newest lease of the task.
    HeldAttempt *newest(TaskId id);
    void remove(const LeaseRef &ref);

    bool isEmpty() const { return m_attempts.empty(); }
    qsizetype size() const { return qsizetype(m_attempts.size()); }
    //! What \a broker leased, for Offer.
    QList<HeldLease> heldOf(const QByteArray &broker) const;
    bool holdsOf(const QByteArray &broker) const;
    //! All, in no order; nothing may be added or removed meanwhile.
    template <typename F> void forEach(F &&fn)
    {
        for (auto &[id, attempt] : m_attempts)
            fn(attempt);
    }
    QList<LeaseRef> refs() const;

private:
    std::unordered_multimap<TaskId, HeldAttempt> m_attempts;
    QHash<QByteArray, qsizetype> m_counts; //!< by broker
};

} // namespace drover
