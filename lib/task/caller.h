// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/function.h"
#include "task/submission.h"
#include "task/submitted.h"

namespace drover {

class Command;
class CommandResult;

//! The values among the arguments of a call; Options may follow them.
template <typename... A> inline constexpr size_t argumentCount = sizeof...(A) - endsWithOptions<A...>;

//! The calls with \a Count arguments of functions that have more parameters. Part of Caller, and of others that have
//! submitGiven() and callGiven(), with what they take before the function.
template <typename Caller, size_t Count, typename... Before> class FewerCall
{
public:
    template <typename F, typename... A>
        requires(argumentCount<A...> == Count)
    auto submit(Before... before, Fewer<F, Count> few, A &&...arguments)
    {
        return static_cast<Caller *>(this)->submitGiven(before..., few.function(), std::forward<A>(arguments)...);
    }
    template <typename F, typename... A>
        requires(argumentCount<A...> == Count)
    auto call(Before... before, Fewer<F, Count> few, A &&...arguments)
    {
        return static_cast<Caller *>(this)->callGiven(before..., few.function(), std::forward<A>(arguments)...);
    }
};

//! The same for each number up to the greatest that is expected.
template <typename Counts, typename Caller, typename... Before> class FewerCallsOf;
template <size_t... Count, typename Caller, typename... Before>
class FewerCallsOf<std::index_sequence<Count...>, Caller, Before...> : public FewerCall<Caller, Count, Before...>...
{
public:
    using FewerCall<Caller, Count, Before...>::submit...;
    using FewerCall<Caller, Count, Before...>::call...;
};
template <typename Caller, typename... Before>
using FewerCalls = FewerCallsOf<std::make_index_sequence<16>, Caller, Before...>;

//! Whatever functions can be called through: a Client, a Context inside of a task, a Registry in this process.
//! All of these are ordinary functions: the arguments are encoded before they return, nothing is kept by reference.
//! What is wrong with the call itself (a missing argument, an option out of range) is in the awaited result.
class DROVER_CORE_EXPORT Caller : public FewerCalls<Caller>
{
public:
    Caller();
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;
    virtual ~Caller();

    //! Submits a task: `caller.submit(power, 2, 10, Options().queue("slow"))`. Options come last and may be left out,
    //! so may arguments that have a default, when \a function is a constant. Too many arguments, too few, or one of a
    //! wrong type do not compile.
    using FewerCalls<Caller>::submit;
    template <typename R, typename... P, typename... A>
        requires(argumentCount<A...> >= sizeof...(P))
    Submitted<R> submit(const Function<R(P...)> &function, A &&...arguments)
    {
        return submitGiven(function, std::forward<A>(arguments)...);
    }
    //! The same for those who want the answer: `const Result<int> sum = co_await caller.call(add, 2, 3);`
    using FewerCalls<Caller>::call;
    template <typename R, typename... P, typename... A>
        requires(argumentCount<A...> >= sizeof...(P))
    Call<R> call(const Function<R(P...)> &function, A &&...arguments)
    {
        return callGiven(function, std::forward<A>(arguments)...);
    }
    //! For code that has the function from elsewhere: what is missing and has no default is InvalidArgument, which
    //! names the parameter.
    template <typename R, typename... P, typename... A>
    Submitted<R> submitGiven(const Function<R(P...)> &function, A &&...arguments);
    template <typename R, typename... P, typename... A>
    Call<R> callGiven(const Function<R(P...)> &function, A &&...arguments)
    {
        return Call<R>(submitGiven(function, std::forward<A>(arguments)...));
    }

    //! By name, without its C++ declaration. The worker checks the arguments and fills in the defaults.
    Submitted<QVariant> submit(QAnyStringView function, const QVariantList &arguments = {},
                               const Options &options = {});
    Call<QVariant> call(QAnyStringView function, const QVariantList &arguments = {}, const Options &options = {});

    //! Runs a program on a worker.
    Submitted<CommandResult> submit(const Command &command, const Options &options = {});
    Call<CommandResult> call(const Command &command, const Options &options = {});

    //! A call by name, as submit() makes it, ready but for its id.
    static Result<Submission> namedCall(const Codecs &codecs, const QString &function, const QVariantList &arguments,
                                        const Options &options);
    //! A task that is ready but for its id: \a arguments as its payload, its options checked, its summary filled in. For
    //! those who submit in ways of their own.
    static Result<Submission> prepared(const Codecs &codecs, Result<QByteArray> arguments, Submission submission);

    //! Makes a codec usable in Options::codec() and for results. See Codecs.
    void addCodec(const QString &name, Codecs::Convert encode, Codecs::Convert decode);

protected:
    //! With the codecs of another caller.
    explicit Caller(std::shared_ptr<Codecs> codecs);

    //! The one way out. The PendingTask has the id of the submission.
    virtual std::shared_ptr<PendingTask> start(Submission submission) = 0;
    //! The id of the next task; sorted by time.
    virtual TaskId newId();

    std::shared_ptr<const Codecs> codecs() const { return m_codecs; }

private:
    std::shared_ptr<PendingTask> send(Result<QByteArray> arguments, Submission submission,
                                      std::function<QString()> signature);

    std::shared_ptr<Codecs> m_codecs;
    std::unique_ptr<IdGenerator> m_ids;
};

template <typename R, typename... P, typename... A>
Submitted<R> Caller::submitGiven(const Function<R(P...)> &function, A &&...arguments)
{
    static_assert((!destroyedTwice<A> && ...),
                  "GCC 12 destroys a temporary aggregate in a co_await expression twice: "
                  "name the value first, or give the type a constructor");
    constexpr size_t count = argumentCount<A...>;
    static_assert(count <= sizeof...(P), "too many arguments for this drover::Function");
    static_assert(
        argumentsFit<std::tuple<std::remove_cvref_t<P>...>, std::tuple<A...>>(std::make_index_sequence<count>()),
        "an argument has another type than its parameter of this drover::Function");
    auto given = std::forward_as_tuple(arguments...);
    Submission submission;
    if constexpr (count < sizeof...(A))
        submission.options = std::get<count>(given);
    submission.function = function.name();
    submission.signatureHash = function.signatureHash();
    auto encoded = [&]<size_t... I>(std::index_sequence<I...>)
    {
        if constexpr (SecretArguments<P...>::value)
            submission.summary = SecretArguments<P...>::summary(std::get<I>(given)...);
        return submission.options.isRaw() ? function.encodeRaw(std::get<I>(given)...)
                                          : function.encode(std::get<I>(given)...);
    }
    (std::make_index_sequence<count>());
    return Submitted<R>(
        send(std::move(encoded), std::move(submission), [function] { return function.signature().toString(); }));
}

} // namespace drover
