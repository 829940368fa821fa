// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/blockingtask.h"
#include "task/caller.h"

#include <mutex>

namespace drover {

//! Whatever functions can be called through by threads that wait for the answer: a BlockingClient, Context::blocking()
//! inside of a task. Of use to any thread. The first parameter is the patience: how long the caller waits at most; no
//! event loop runs meanwhile.
class DROVER_CORE_EXPORT BlockingCaller : public FewerCalls<BlockingCaller, Milliseconds>
{
public:
    BlockingCaller();
    BlockingCaller(const BlockingCaller &) = delete;
    BlockingCaller &operator=(const BlockingCaller &) = delete;
    virtual ~BlockingCaller();

    //! Runs a function elsewhere and waits for its result: `const Result<int> sum = caller.call(10s, add, 2, 3);`
    //! ErrorCode::Timeout when \a patience ended first: the task goes on under Error::taskId(). Arguments and options as
    //! with Caller::submit().
    using FewerCalls<BlockingCaller, Milliseconds>::call;
    template <typename R, typename... P, typename... A>
        requires(argumentCount<A...> >= sizeof...(P))
    Result<R> call(Milliseconds patience, const Function<R(P...)> &function, A &&...arguments)
    {
        return callGiven(patience, function, std::forward<A>(arguments)...);
    }
    //! Submits a task and waits, at most for \a patience, until it is durable: BlockingTask::isAccepted(). A patience of 0
    //! does not wait.
    using FewerCalls<BlockingCaller, Milliseconds>::submit;
    template <typename R, typename... P, typename... A>
        requires(argumentCount<A...> >= sizeof...(P))
    BlockingTask<R> submit(Milliseconds patience, const Function<R(P...)> &function, A &&...arguments)
    {
        return submitGiven(patience, function, std::forward<A>(arguments)...);
    }
    //! As Caller::submitGiven() and callGiven().
    template <typename R, typename... P, typename... A>
    BlockingTask<R> submitGiven(Milliseconds patience, const Function<R(P...)> &function, A &&...arguments)
    {
        Desk desk(*this);
        const Submitted<R> made = desk.submitGiven(function, std::forward<A>(arguments)...);
        return BlockingTask<R>(hand(desk, made.task(), patience));
    }
    template <typename R, typename... P, typename... A>
    Result<R> callGiven(Milliseconds patience, const Function<R(P...)> &function, A &&...arguments)
    {
        return submitGiven(Milliseconds::zero(), function, std::forward<A>(arguments)...).wait(patience);
    }

    //! By name, without the C++ declaration.
    Result<QVariant> call(Milliseconds patience, QAnyStringView function, const QVariantList &arguments = {},
                          const Options &options = {});
    BlockingTask<QVariant> submit(Milliseconds patience, QAnyStringView function, const QVariantList &arguments = {},
                                  const Options &options = {});
    //! Runs a program on a worker.
    Result<CommandResult> call(Milliseconds patience, const Command &command, const Options &options = {});
    BlockingTask<CommandResult> submit(Milliseconds patience, const Command &command, const Options &options = {});

    //! As Caller's; before other threads use this.
    void addCodec(const QString &name, Codecs::Convert encode, Codecs::Convert decode);

protected:
    //! The one way out; called in the thread of the caller. Sets the hooks of \a task and feeds it from then on.
    virtual void start(Submission submission, std::shared_ptr<WaitedTask> task) = 0;
    //! The way out of another one.
    static void startThrough(BlockingCaller &other, Submission submission, std::shared_ptr<WaitedTask> task)
    {
        other.start(std::move(submission), std::move(task));
    }

    std::shared_ptr<const Codecs> codecs() const { return m_codecs; }

private:
    //! Makes a submission of one call.
    class DROVER_CORE_EXPORT Desk final : public Caller
    {
    public:
        explicit Desk(BlockingCaller &owner) : Caller(owner.m_codecs), m_owner(owner) {}
        std::optional<Submission> submission;

    protected:
        std::shared_ptr<PendingTask> start(Submission made) override;
        TaskId newId() override;

    private:
        BlockingCaller &m_owner;
    };

    std::shared_ptr<WaitedTask> hand(Desk &desk, const std::shared_ptr<PendingTask> &made, Milliseconds patience);

    std::shared_ptr<Codecs> m_codecs;
    std::mutex m_idMutex;
    IdGenerator m_ids;
};

} // namespace drover
