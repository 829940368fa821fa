// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>

namespace drover {

template <typename T> struct IsOptional : std::false_type
{};
template <typename T> struct IsOptional<std::optional<T>> : std::true_type
{
    using Inner = T;
};

//! The default of a parameter, as a literal: usable in a constexpr Function in a header.
struct Default
{
    enum Kind : quint8 { None, Empty, Bool, Integer, Unsigned, Real, Text };

    Kind kind = None;
    qint64 integer = 0;
    double real = 0;
    const char *text = nullptr;

    //! The default as a value of the parameter's type; the Function has checked that it fits.
    template <typename P> P as() const
    {
        if constexpr (IsOptional<P>::value) {
            return kind == Empty ? P() : P(as<typename IsOptional<P>::Inner>());
        } else if constexpr (std::is_enum_v<P>) {
            return P(integer);
        } else if constexpr (std::is_arithmetic_v<P>) {
            return kind == Real ? P(real) : kind == Unsigned ? P(quint64(integer)) : P(integer);
        } else if constexpr (std::is_same_v<P, QString>) {
            return kind == Text ? QString::fromUtf8(text) : QString();
        } else if constexpr (std::is_constructible_v<P, const char *>) {
            return kind == Text ? P(text) : P();
        } else {
            return P();
        }
    }
};

struct NoDefault
{};
//! What `{}` is: the parameter's type, value-initialised.
struct EmptyDefault
{};

//! A parameter of a Function, and the type its default was written as.
template <typename T> struct Arg
{
    const char *name;
    Default fallback;
};

template <typename T> struct IsArg : std::false_type
{};
template <typename T> struct IsArg<Arg<T>> : std::true_type
{};

//! A parameter that must be given.
constexpr Arg<NoDefault> arg(const char *name)
{
    return {name, {}};
}

//! `arg("names", {})`: empty, zero or false unless given.
constexpr Arg<EmptyDefault> arg(const char *name, EmptyDefault)
{
    return {name, {Default::Empty, 0, 0, nullptr}};
}

//! A parameter with a default: a bool, a number, an enumerator or a string literal.
template <typename T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
constexpr Arg<T> arg(const char *name, T value)
{
    if constexpr (std::is_same_v<T, bool>)
        return {name, {Default::Bool, value, 0, nullptr}};
    else if constexpr (std::is_floating_point_v<T>)
        return {name, {Default::Real, 0, double(value), nullptr}};
    else
        return {name, {std::is_unsigned_v<T> ? Default::Unsigned : Default::Integer, qint64(value), 0, nullptr}};
}

template <size_t N> constexpr Arg<const char *> arg(const char *name, const char (&text)[N])
{
    return {name, {Default::Text, 0, 0, text}};
}

//! Whether a default written as a \a T can be the default of a parameter of type \a P.
template <typename P, typename T> constexpr bool defaultFits()
{
    if constexpr (std::is_same_v<T, NoDefault> || std::is_same_v<T, EmptyDefault>)
        return true;
    else if constexpr (IsOptional<P>::value)
        return defaultFits<typename IsOptional<P>::Inner, T>();
    else if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>)
        return std::is_same_v<P, T>;
    else if constexpr (std::is_floating_point_v<T>)
        return std::is_floating_point_v<P>;
    else if constexpr (std::is_integral_v<T>)
        return std::is_arithmetic_v<P> && !std::is_same_v<P, bool>;
    else
        return std::is_same_v<P, QString> || std::is_same_v<P, std::string> || std::is_same_v<P, QByteArray>;
}

//! Whether the number \a value can be held by an integer of type \a P.
template <typename P, typename T> constexpr bool inRange(T value)
{
    return T(P(value)) == value && (value < T(0)) == (P(value) < P(0));
}

//! Never called: the compiler names it when a constexpr Function has a default out of its parameter's range.
inline void theDefaultDoesNotFitItsParameter()
{
    qFatal("a default of a drover::Function is out of the range of its parameter");
}

template <typename P> constexpr void checkDefault(const Default &fallback)
{
    if constexpr (IsOptional<P>::value) {
        checkDefault<typename IsOptional<P>::Inner>(fallback);
    } else if constexpr (std::is_integral_v<P> && !std::is_same_v<P, bool>) {
        if (fallback.kind == Default::Integer
                ? !inRange<P>(fallback.integer)
                : fallback.kind == Default::Unsigned && !inRange<P>(quint64(fallback.integer)))
            theDefaultDoesNotFitItsParameter();
    }
}

} // namespace drover
