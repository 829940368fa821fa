// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"

#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace drover {

//! Carries the error into an Expected: `return Unexpected(Error(...))`.
template <typename E>
class Unexpected
{
public:
    explicit Unexpected(E error) : m_error(std::move(error)) {}
    const E &error() const & { return m_error; }
    E &&error() && { return std::move(m_error); }

private:
    E m_error;
};

//! A value or an error, spelled like std::expected so that it can become it; value() throws TaskError.
template <typename T, typename E>
class [[nodiscard]] Expected
{
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    using value_type = T;
    using error_type = E;

    Expected() requires std::is_default_constructible_v<Stored> : m_data(std::in_place_index<0>) {}
    template <typename U = Stored>
        requires(!std::is_void_v<T> && std::is_constructible_v<Stored, U &&> && !std::is_same_v<std::remove_cvref_t<U>, Expected>)
    Expected(U &&value) : m_data(std::in_place_index<0>, std::forward<U>(value)) {}
    template <typename F>
        requires std::is_constructible_v<E, F>
    Expected(Unexpected<F> error) : m_data(std::in_place_index<1>, std::move(error).error()) {}

    bool has_value() const { return m_data.index() == 0; }
    explicit operator bool() const { return has_value(); }

    decltype(auto) value() const & { check(); return get(*this); }
    decltype(auto) value() & { check(); return get(*this); }
    decltype(auto) value() && { check(); return get(std::move(*this)); }
    decltype(auto) operator*() const & { return get(*this); }
    decltype(auto) operator*() & { return get(*this); }
    decltype(auto) operator*() && { return get(std::move(*this)); }
    auto *operator->() requires(!std::is_void_v<T>) { return &std::get<0>(m_data); }
    auto *operator->() const requires(!std::is_void_v<T>) { return &std::get<0>(m_data); }

    const E &error() const & { return std::get<1>(m_data); }
    E &error() & { return std::get<1>(m_data); }
    E &&error() && { return std::get<1>(std::move(m_data)); }

    template <typename U>
    Stored value_or(U &&fallback) const &
        requires(!std::is_void_v<T>)
    {
        return has_value() ? std::get<0>(m_data) : static_cast<Stored>(std::forward<U>(fallback));
    }

    friend bool operator==(const Expected &a, const Expected &b)
        requires requires(const Stored &s, const E &e) { s == s; e == e; }
    {
        return a.m_data == b.m_data;
    }

private:
    template <typename Self>
    static decltype(auto) get(Self &&self)
    {
        if constexpr (std::is_void_v<T>)
            return;
        else
            return std::get<0>(std::forward<Self>(self).m_data);
    }
    void check() const
    {
        if (!has_value())
            throw TaskError(error());
    }

    std::variant<Stored, E> m_data;
};

//! What every operation that can fail returns.
template <typename T = void>
using Result = Expected<T, Error>;

//! `return fail(ErrorCode::NotFound, tr("..."))`
inline Unexpected<Error> fail(ErrorCode code, QString message)
{
    return Unexpected<Error>(Error(code, std::move(message)));
}

inline Unexpected<Error> fail(Error error)
{
    return Unexpected<Error>(std::move(error));
}

template <typename T>
struct IsResult : std::false_type {};
template <typename T>
struct IsResult<Expected<T, Error>> : std::true_type {};

} // namespace drover
