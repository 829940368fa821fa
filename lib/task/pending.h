// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/outcome.h"

#include <functional>
#include <memory>
#include <optional>

namespace drover {

class Codecs;

//! What caller and backend share about one submitted task until it is finished: the state behind Submitted.
//! The backend feeds it, awaiters wait on it. One thread; always owned by a shared_ptr.
//! Everything may be destroyed from inside a waiter that is being told.
class DROVER_CORE_EXPORT PendingTask : public std::enable_shared_from_this<PendingTask>
{
public:
    //! Something that waits for one event of one task. Told at most once, never after its destruction.
    class Waiter
    {
    public:
        Waiter() = default;
        Waiter(const Waiter &) = delete;
        Waiter &operator=(const Waiter &) = delete;

    protected:
        virtual ~Waiter() { leave(); }
        virtual void told() = 0;
        //! The task is gone without having told this one; only for waiters that do not keep the task.
        virtual void dropped() {}

    private:
        friend class PendingTask;
        void leave();

        Waiter *m_next = nullptr;
        Waiter **m_link = nullptr; //!< what points to this one; null when not in a list
    };

    explicit PendingTask(TaskId id) : m_id(id) {}
    PendingTask(const PendingTask &) = delete;
    PendingTask &operator=(const PendingTask &) = delete;
    ~PendingTask();

    TaskId id() const { return m_id; }

    //! -- for backends
    //! The submit is durable (or will never be: then the task is finished with that error, too). The first call counts.
    void accept(Result<void> result = {});
    //! The task is finished. \a settled is false for a result that is not recorded yet. The first outcome counts;
    //! a later call with settled = true only settles it.
    void complete(Outcome outcome, bool settled);
    //! The outcome that was told is recorded now.
    void settle();
    //! Nothing more will be known: whoever waits for anything gets \a error.
    void abandon(const Error &error);
    //! The task is the same as one submitted earlier (its idempotency key is known): from now on it has that one's id.
    void rename(TaskId id) { m_id = id; }
    //! Called when the caller asks for cancellation; set by the backend, may be empty.
    std::function<void()> cancelRequested;

    //! -- for callers
    bool isAccepted() const { return m_accepted.has_value(); }
    bool isFinished() const { return m_outcome.has_value(); }
    bool isSettled() const { return m_settled; }
    const Result<void> &accepted() const { return *m_accepted; } //!< only when isAccepted()
    const Outcome &outcome() const { return *m_outcome; } //!< only when isFinished()
    //! \a waiter is told when the task is accepted, refused or abandoned; only while !isAccepted().
    void waitAccepted(Waiter *waiter) { link(m_acceptWaiters, waiter); }
    //! \a waiter is told when the task is finished; only while !isFinished().
    void waitFinished(Waiter *waiter) { link(m_finishWaiters, waiter); }
    //! \a fn is called once, from inside complete() or at once when finished. For code inside the library that owns
    //! the task longer than what \a fn uses; everything else takes Submitted::then().
    void onFinished(std::function<void(const Outcome &)> fn);
    //! Asks the backend to cancel; nothing happens when the task is finished.
    void cancel();

    //! Set by the caller: the signature as the caller knows it, for messages; and how named payloads are decoded.
    std::function<QString()> callerSignature;
    std::shared_ptr<const Codecs> codecs;

private:
    static void link(Waiter *&list, Waiter *waiter);
    static void tellAll(Waiter *&list);

    TaskId m_id;
    bool m_settled = false;
    std::optional<Result<void>> m_accepted;
    std::optional<Outcome> m_outcome;
    Waiter *m_acceptWaiters = nullptr;
    Waiter *m_finishWaiters = nullptr;
};

} // namespace drover
