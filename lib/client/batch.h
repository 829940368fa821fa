// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/answer.h"
#include "client/batchcore.h"

namespace drover {

//! Lets go of the results of a batch when the last one who could read them is gone.
class BatchReader
{
public:
    explicit BatchReader(std::shared_ptr<BatchCore> batch) : core(std::move(batch)) {}
    BatchReader(const BatchReader &) = delete;
    BatchReader &operator=(const BatchReader &) = delete;
    ~BatchReader() { core->dropResults(); }

    const std::shared_ptr<BatchCore> core;
};

//! One finished item of a batch.
template <typename R> class BatchItem
{
public:
    BatchItem(qint64 at, Result<R> what) : index(at), result(std::move(what)) {}

    qint64
        index; //!< its place in the range, from 0; -1: `result` is an error of the batch as a whole, and the last word
    Result<R> result;
};

//! Many tasks submitted together by Client::map(), or found again by Client::attachBatch():
//!
//!     while (const auto item = co_await batch.next())
//!         use(item->index, item->result);
//!
//! A value, cheap to copy; the copies share one reading: each result is given once, by next() or by all(). The batch goes
//! on when the last copy is gone, and the rest of its range is still submitted; its results are then not kept.
//! One failed item does not fail the rest. Used in the thread of its Client.
template <typename R> class Batch
{
public:
    using Item = BatchItem<R>;
    class NextAwaiter;
    class AllAwaiter;
    template <typename Awaiter> class Reading;

    explicit Batch(std::shared_ptr<BatchCore> core) : m_reader(std::make_shared<BatchReader>(std::move(core))) {}

    //! Names the batch for ever: Client::attachBatch() in any process takes it.
    TaskId id() const { return core().id(); }
    QString name() const { return core().info().name; }
    //! The id of the task at \a index of the range, from 0.
    TaskId taskId(quint32 index) const { return itemId(id(), index + 1); }

    //! Awaits the next result, in the order in which items finish: `std::optional<Item>`, nothing at the end. An error of
    //! the batch as a whole (ClientClosed; NotFound of one that does not exist) is an item with the index -1, the last.
    Reading<NextAwaiter> next() const { return Reading<NextAwaiter>(m_reader); }
    //! Awaits all results that next() did not give, in the order of the range: `Result<QList<Result<R>>>`. An error is one
    //! of the batch as a whole.
    Reading<AllAwaiter> all() const { return Reading<AllAwaiter>(m_reader); }
    //! Awaits that the range was read to its end and all of it is durable: `Result<void>`.
    Acceptance accepted() const { return Acceptance(core().life()); }
    //! All results have come; perhaps they wait for next() or all().
    bool isFinished() const { return core().life()->isFinished(); }

    //! As the broker last said; only the id before it said anything.
    BatchInfo info() const { return core().info(); }
    //! Calls `fn(BatchInfo)` from the event loop of \a context, now and after changes, a few times a second, until it is
    //! finished or \a context is gone.
    template <typename Fn> void onChanged(QObject *context, Fn fn) const { core().onChanged(context, std::move(fn)); }

    //! Stops what runs, revokes what waits, submits no more. Awaitable, but need not be awaited: NotFound when there is no
    //! such batch. The items that are cancelled have the error Revoked.
    Answer<CancelOutcome> cancel() const
    {
        Answer<CancelOutcome> answer;
        core().cancel(answer.sink());
        return answer;
    }

private:
    BatchCore &core() const { return *m_reader->core; }

    std::shared_ptr<BatchReader> m_reader;
};

//! What next() and all() return: to be awaited.
template <typename R> template <typename Awaiter> class Batch<R>::Reading
{
public:
    explicit Reading(std::shared_ptr<BatchReader> reader) : m_reader(std::move(reader)) {}
    Awaiter operator co_await() const
    {
        m_reader->core->want();
        return Awaiter(m_reader);
    }

private:
    std::shared_ptr<BatchReader> m_reader;
};

template <typename R> class Batch<R>::NextAwaiter final : public BatchCore::Waiter
{
public:
    explicit NextAwaiter(std::shared_ptr<BatchReader> reader) : m_reader(std::move(reader)) {}
    bool await_ready() const { return m_reader->core->hasNews(); }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_reader->core->wait(this);
    }
    std::optional<Item> await_resume()
    {
        auto taken = this->m_broken ? m_reader->core->failure() : m_reader->core->takeNext();
        if (!taken)
            return std::nullopt;
        return std::optional<Item>(std::in_place, taken->index, resultOf<R>(std::move(taken->result)));
    }

private:
    void told() override { m_coroutine.resume(); }

    std::shared_ptr<BatchReader> m_reader;
    std::coroutine_handle<> m_coroutine;
};

template <typename R> class Batch<R>::AllAwaiter final : public TaskAwaiter
{
public:
    explicit AllAwaiter(std::shared_ptr<BatchReader> reader) : TaskAwaiter(reader->core->life()), m_reader(reader) {}
    bool await_ready() const { return m_task->isFinished(); }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_coroutine = coroutine;
        m_task->waitFinished(this);
    }
    Result<QList<Result<R>>> await_resume() const
    {
        if (!m_task->outcome())
            return fail(m_task->outcome().error());
        QList<Result<R>> results;
        for (BatchCore::Taken &taken : m_reader->core->takeAll())
            results.append(resultOf<R>(std::move(taken.result)));
        return results;
    }

private:
    std::shared_ptr<BatchReader> m_reader;
};

} // namespace drover
