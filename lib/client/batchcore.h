// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"
#include "client/itemset.h"
#include "client/mapoptions.h"
#include "task/batchinfo.h"
#include "task/codecs.h"
#include "task/pending.h"
#include "task/submission.h"
#include "task/submitted.h"

#include <QtCore/QPointer>

#include <deque>
#include <list>

namespace drover {

//! What a batch is made of: the next task without its id, an error in its place, or nothing at the end of the range.
struct BatchPlan
{
    std::function<std::optional<Result<Submission>>()> next;
    qint64 total = -1; //!< -1 = not known before the end
    std::function<QString()> signature; //!< as the caller knows it, for messages
};

//! One batch as this client knows it: the state behind Batch. It is read lazily by the backend, which feeds it with what
//! becomes of its items and holds it until nothing is left to submit. It keeps a bit an item, and the encoded results that
//! nobody took yet. One thread; always owned by a shared_ptr; may lose all others from inside a coroutine it resumes.
class DROVER_CLIENT_EXPORT BatchCore : public std::enable_shared_from_this<BatchCore>
{
public:
    //! A coroutine that waits for the next result. Told at most once.
    class Waiter
    {
    public:
        Waiter() = default;
        Waiter(const Waiter &) = delete;
        Waiter &operator=(const Waiter &) = delete;

    protected:
        virtual ~Waiter();
        virtual void told() = 0;

        bool m_broken = false; //!< there is no next result: the batch failed

    private:
        friend class BatchCore;
        std::shared_ptr<BatchCore> m_waitsFor;
    };
    struct Taken
    {
        qint64 index = -1; //!< from 0; -1: of the batch as a whole
        RawResult result;
    };

    //! A batch of this client.
    BatchCore(TaskId id, BatchPlan plan, const MapOptions &options, std::shared_ptr<const Codecs> codecs);
    //! One that somebody else submitted.
    BatchCore(TaskId id, std::shared_ptr<const Codecs> codecs);

    TaskId id() const { return m_info.id; }
    const BatchInfo &info() const { return m_info; }

    //! -- for backends
    bool isAttached() const { return m_attached; }
    //! The next item to submit; nothing when there is none now. Then, after wake(), there may be.
    std::optional<Submission> take();
    bool isReading() const { return bool(m_plan.next); }
    //! Items of its range, as far as that is known; -1 = not yet.
    qint64 total() const { return isReading() ? m_plan.total : qint64(m_read); }
    //! Items of its range that the broker never saw or refused.
    quint64 refused() const { return m_refused; }
    //! Items taken so far, and of these the ones that are durable and that are finished.
    quint32 read() const { return m_read; }
    const ItemSet &accepted() const { return m_accepted; }
    const ItemSet &finished() const { return m_finished; }
    //! Somebody reads results: only then those of an attached batch are wanted.
    bool wantsResults() const { return m_wanted; }
    bool hasReaders() const { return !m_unread; }
    //! All results have come.
    bool isOver() const;
    //! All of its range was read and is durable.
    bool isSubmitted() const { return m_attached || (!isReading() && m_accepted.count() >= m_read); }
    //! Of an attached batch: the numbers of its items end with this one, as far as is known.
    quint64 expected() const;
    void accept(quint32 number);
    void refuse(quint32 number, const Error &error);
    void complete(quint32 number, Outcome outcome);
    void setInfo(const BatchInfo &info);
    //! Nothing more will be known: whoever waits for anything gets \a error.
    void abandon(const Error &error);
    //! Set by the backend: take(), total, refused() or wantsResults() may say something else now.
    std::function<void()> wake;
    QPointer<Backend> backend;

    //! -- for readers
    //! takeNext() has an answer.
    bool hasNews() const { return !m_kept.empty() || m_broken || isOver(); }
    //! The next result that nobody took yet, once an error of the batch as a whole, nothing at the end.
    std::optional<Taken> takeNext();
    //! What a waiter gets from which told() took the batch.
    Taken failure() const;
    //! All results that nobody took yet, in the order of the range.
    std::vector<Taken> takeAll();
    void wait(Waiter *waiter);
    //! Results are wanted from now on.
    void want();
    //! Nobody can read results any more.
    void dropResults();
    //! Accepted: all items are durable. Finished: all have ended.
    const std::shared_ptr<PendingTask> &life() const { return m_life; }
    void onChanged(QObject *context, std::function<void(const BatchInfo &)> fn);
    void cancel(std::function<void(Result<CancelOutcome>)> answer);

private:
    //! An encoded result, small for the usual case.
    struct Kept
    {
        quint32 number = 0;
        QByteArray cbor;
        std::unique_ptr<Outcome> other; //!< anything but inline CBOR
    };
    struct Listener
    {
        QPointer<QObject> context;
        std::function<void(const BatchInfo &)> fn;
    };

    void keep(quint32 number, Outcome outcome);
    Taken opened(Kept kept) const;
    std::optional<Result<Submission>> readOne(bool &threw) const;
    void stopReading();
    void tellWaiters();
    void tellListener(const Listener &listener) const;
    void checkOver();
    void callWake();

    BatchPlan m_plan;
    BatchInfo m_info;
    std::shared_ptr<const Codecs> m_codecs;
    std::shared_ptr<PendingTask> m_life;
    quint32 m_limit = MapOptions::unlimited;
    quint32 m_read = 0;
    quint64 m_refused = 0;
    ItemSet m_accepted;
    ItemSet m_finished;
    std::deque<Kept> m_kept;
    std::list<Waiter *> m_waiters;
    std::list<Listener> m_listeners;
    std::optional<Error> m_broken;
    bool m_brokenTold = false;
    bool m_attached = false;
    bool m_wanted = false;
    bool m_known = false; //!< the broker told of it
    bool m_unread = false; //!< nobody can read results
    bool m_taking = false; //!< inside take(): whoever calls that looks for himself
};

} // namespace drover
