// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/context.h"
#include "task/exception.h"
#include "task/function.h"

#include <QCoro/QCoroTask>

#include <functional>
#include <memory>

namespace drover {

//! One run of a callable: the decoded form of what Registry::invoke() was given.
struct Invocation
{
    QByteArray arguments;
    bool raw = false; //!< `arguments` are no CBOR, and the result need not be, either
    std::shared_ptr<Context> context;
    //! Called once with the bytes of the result, and whether they are raw.
    std::function<void(Result<QByteArray>, bool raw)> done;
};

//! A callable behind its types: decodes, runs, encodes.
using Callable = std::function<void(Invocation)>;

template <typename T> struct TaskOf : std::false_type
{
    using Type = T;
};
template <typename T> struct TaskOf<QCoro::Task<T>> : std::true_type
{
    using Type = T;
};

template <typename C, typename... P>
inline constexpr bool takesContext = !std::is_invocable_v<C &, P...> && std::is_invocable_v<C &, Context &, P...>;

template <typename C, typename... P>
decltype(auto) invokeCallable(C &callable, Context &context, std::tuple<P...> &arguments)
{
    return std::apply(
        [&](P &...argument) -> decltype(auto) {
            if constexpr (takesContext<C, P...>)
                return std::invoke(callable, context, std::move(argument)...);
            else
                return std::invoke(callable, std::move(argument)...);
        },
        arguments);
}

//! What a callable returned, as the bytes of an \a R.
template <typename R, typename T> Result<QByteArray> encodeReturned(const T &returned, bool raw)
{
    if constexpr (IsResult<T>::value) {
        if (!returned)
            return fail(returned.error());
        if constexpr (std::is_void_v<typename T::value_type>)
            return encodeReturned<void>(std::monostate(), raw);
        else
            return encodeReturned<R>(*returned, raw);
    } else if constexpr (std::is_void_v<R>) {
        return encodeValue(std::monostate());
    } else if constexpr (std::is_same_v<R, QByteArray>) {
        return raw ? Result<QByteArray>(QByteArray(returned)) : encodeValue<R>(returned);
    } else {
        return encodeValue<R>(returned);
    }
}

//! Whether a callable that returns a \a T can be a function that returns an \a R.
template <typename R, typename T> constexpr bool returnFits()
{
    if constexpr (TaskOf<T>::value)
        return returnFits<R, typename TaskOf<T>::Type>();
    else if constexpr (IsResult<T>::value)
        return returnFits<R, typename T::value_type>();
    else
        return std::is_void_v<R> == std::is_void_v<T> && (std::is_void_v<R> || std::is_convertible_v<T, R>);
}

//! Keeps callable, context and arguments alive until the coroutine has ended.
template <typename R, typename C, typename Arguments>
QCoro::Task<void> runCoroutine(std::shared_ptr<C> callable, Arguments arguments, Invocation invocation, bool raw)
{
    Result<QByteArray> result;
    try {
        auto task = invokeCallable(*callable, *invocation.context, arguments);
        if constexpr (std::is_void_v<typename decltype(task)::value_type>) {
            co_await task;
            result = encodeReturned<R>(std::monostate(), raw);
        } else {
            const auto returned = co_await task;
            result = encodeReturned<R>(returned, raw);
        }
    } catch (...) {
        result = fail(errorOfCurrentException());
    }
    invocation.done(std::move(result), raw);
}

template <typename R, typename C, typename Arguments>
void runDirectly(C &callable, Arguments &arguments, const Invocation &invocation, bool raw)
{
    using Returned = decltype(invokeCallable(callable, *invocation.context, arguments));
    Result<QByteArray> result;
    try {
        if constexpr (std::is_void_v<Returned>) {
            invokeCallable(callable, *invocation.context, arguments);
            result = encodeReturned<R>(std::monostate(), raw);
        } else {
            result = encodeReturned<R>(invokeCallable(callable, *invocation.context, arguments), raw);
        }
    } catch (...) {
        result = fail(errorOfCurrentException());
    }
    invocation.done(std::move(result), raw);
}

template <typename R, typename... P, typename C> Callable makeCallable(const Function<R(P...)> &function, C callable)
{
    using Arguments = typename Function<R(P...)>::Arguments;
    constexpr bool plain = std::is_invocable_v<C &, std::remove_cvref_t<P>...>;
    constexpr bool withContext = std::is_invocable_v<C &, Context &, std::remove_cvref_t<P>...>;
    static_assert(plain || withContext,
                  "the callable does not take the parameters of this drover::Function "
                  "(by value or const &, with or without a drover::Context & first)");
    if constexpr (plain || withContext) {
        using Returned = std::remove_cvref_t<decltype(invokeCallable(callable, std::declval<Context &>(),
                                                                     std::declval<Arguments &>()))>;
        static_assert(returnFits<R, Returned>(),
                      "the callable returns something else than this drover::Function: R, Result<R>, QCoro::Task<R> "
                      "or QCoro::Task<Result<R>> is expected");
        return [function, callable = std::make_shared<C>(std::move(callable))](Invocation invocation) {
            Result<Arguments> arguments =
                invocation.raw ? function.decodeRaw(invocation.arguments) : function.decode(invocation.arguments);
            const bool raw = invocation.raw && std::is_same_v<R, QByteArray>;
            if (!arguments)
                invocation.done(fail(arguments.error()), false);
            else if constexpr (TaskOf<Returned>::value)
                runCoroutine<R>(callable, *std::move(arguments), std::move(invocation), raw);
            else
                runDirectly<R>(*callable, *arguments, invocation, raw);
        };
    }
}

} // namespace drover
