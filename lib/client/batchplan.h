// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/batchcore.h"
#include "task/caller.h"
#include "task/command.h"

#include <ranges>
#include <tuple>

namespace drover {

template <typename T> inline constexpr bool isTuple = false;
template <typename... T> inline constexpr bool isTuple<std::tuple<T...>> = true;
template <typename A, typename B> inline constexpr bool isTuple<std::pair<A, B>> = true;

//! A call of \a function with the arguments \a given, without an id.
template <typename R, typename... P, typename... A>
Result<Submission> callOf(const Codecs &codecs, const Options &options, const Function<R(P...)> &function,
                          const A &...given)
{
    static_assert(
        argumentsFit<std::tuple<std::remove_cvref_t<P>...>, std::tuple<const A &...>>(std::index_sequence_for<A...>()),
        "an element of the range does not fit the parameters of this drover::Function");
    Submission submission;
    submission.function = function.name();
    submission.signatureHash = function.signatureHash();
    submission.options = options;
    if constexpr (SecretArguments<P...>::value)
        submission.summary = SecretArguments<P...>::summary(given...);
    auto encoded = options.isRaw() ? function.encodeRaw(given...) : function.encode(given...);
    return Caller::prepared(codecs, std::move(encoded), std::move(submission));
}

//! The same for an element of a range: the only argument, or a std::tuple or std::pair of them.
template <typename R, typename... P, typename Element>
Result<Submission> itemOf(const Codecs &codecs, const Options &options, const Function<R(P...)> &function,
                          const Element &element)
{
    if constexpr (isTuple<Element> && sizeof...(P) != 1)
        return std::apply(
            [&](const auto &...given) {
                static_assert(sizeof...(given) <= sizeof...(P), "too many arguments for this drover::Function");
                return callOf(codecs, options, function, given...);
            },
            element);
    else
        return callOf(codecs, options, function, element);
}

//! How to make tasks of the elements of \a range, one at a time: \a toTask makes one of an element. The range is copied or
//! moved in and read once.
template <typename Range, typename ToTask> BatchPlan planOf(Range &&range, ToTask toTask)
{
    using Kept = std::remove_cvref_t<Range>;
    struct State
    {
        State(Range &&from, ToTask task) : elements(std::forward<Range>(from)), toTask(std::move(task)) {}
        Kept elements;
        ToTask toTask;
        std::optional<std::ranges::iterator_t<Kept>> at = {};
    };
    BatchPlan plan;
    if constexpr (std::ranges::sized_range<Kept>)
        plan.total = qint64(std::ranges::size(range));
    auto state = std::make_shared<State>(std::forward<Range>(range), std::move(toTask));
    plan.next = [state]() -> std::optional<Result<Submission>> {
        if (state->at)
            ++*state->at;
        else
            state->at.emplace(std::ranges::begin(state->elements));
        if (*state->at == std::ranges::end(state->elements))
            return std::nullopt;
        const std::ranges::range_value_t<Kept> element(**state->at);
        return state->toTask(element);
    };
    return plan;
}

} // namespace drover
