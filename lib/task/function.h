// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/default.h"
#include "task/options.h"
#include "task/signature.h"
#include "task/value.h"

#include <array>
#include <string_view>

namespace drover {

//! Whether an argument given as an \a A (with its reference) fits a parameter of type \a P: what converts without loss
//! by its type alone. No double for an int, no pointer for a bool; text of any kind for a QString.
template <typename P, typename A> constexpr bool argumentFits()
{
    using Given = std::remove_cvref_t<A>;
    if constexpr (std::is_same_v<P, Given>)
        return true;
    else if constexpr (std::is_same_v<P, bool> || std::is_same_v<Given, bool>)
        return false;
    else if constexpr (std::is_arithmetic_v<P> && std::is_arithmetic_v<Given>)
        return std::is_floating_point_v<P> || std::is_integral_v<Given>;
    else if constexpr (std::is_arithmetic_v<P>)
        return false;
    else if constexpr (std::is_same_v<P, QString>)
        return std::is_convertible_v<A, QAnyStringView>;
    else
        return std::is_convertible_v<A, P>;
}

template <typename Parameters, typename Given, size_t... I> constexpr bool argumentsFit(std::index_sequence<I...>)
{
    if constexpr (sizeof...(I) <= std::tuple_size_v<Parameters>)
        return (argumentFits<std::tuple_element_t<I, Parameters>, std::tuple_element_t<I, Given>>() && ...);
    else
        return true; // too many is another message
}

//! True for what GCC 12 destroys twice when it is a temporary in a co_await expression.
template <typename A>
inline constexpr bool destroyedTwice =
    !std::is_lvalue_reference_v<
        A> && std::is_aggregate_v<std::remove_cvref_t<A>> && !std::is_trivially_destructible_v<std::remove_cvref_t<A>>;

template <typename... A> struct EndsWithOptions : std::false_type
{};
template <typename First, typename... Rest> struct EndsWithOptions<First, Rest...> : EndsWithOptions<Rest...>
{};
template <typename Last> struct EndsWithOptions<Last> : std::is_same<std::remove_cvref_t<Last>, Options>
{};
template <typename... A> inline constexpr size_t endsWithOptions = EndsWithOptions<A...>::value;

//! Specialised where the summary of a call must not show its arguments as they are.
template <typename... P> struct SecretArguments : std::false_type
{};

template <typename Call> class Function;

//! A Function that is called with \a Count arguments, fewer than it has parameters. It is made when the call is compiled,
//! which is when a missing argument is found; so the function must be a constant, as functions are.
template <typename Call, size_t Count> class Fewer
{
public:
    constexpr Fewer() = default;
    consteval Fewer(const Function<Call> &function) : m_function(&function)
    {
        if (Count < function.required())
            aParameterWithoutDefaultIsMissing();
    }
    constexpr const Function<Call> &function() const { return *m_function; }

private:
    static void aParameterWithoutDefaultIsMissing(); // not constexpr: the compiler says its name

    const Function<Call> *m_function = nullptr;
};

//! What a call of a Function with \a Count arguments can be told by, for each number of them that is too few.
template <typename Call, typename Counts> class FewerOf;
template <typename Call, size_t... Count>
class FewerOf<Call, std::index_sequence<Count...>> : public Fewer<Call, Count>...
{};

//! A named, typed piece of work. A literal, to be shared in a header by those who call it and the plugin that has it:
//!   inline constexpr drover::Function<int(int, int)> power{"lab.power", arg("a"), arg("b", 1)};
//! A parameter with a default need not be given; the caller fills it in. Names must be string literals.
template <typename R, typename... P>
class Function<R(P...)> : public FewerOf<R(P...), std::make_index_sequence<sizeof...(P)>>
{
public:
    using ResultType = R;
    using Arguments = std::tuple<std::remove_cvref_t<P>...>;
    static constexpr size_t arity = sizeof...(P);

    static_assert((Encodable<std::remove_cvref_t<P>> && ...),
                  "a parameter of this drover::Function has a type that cannot travel, see drover::Value");
    static_assert(std::is_void_v<R> || Encodable<std::conditional_t<std::is_void_v<R>, int, R>>,
                  "the result of this drover::Function has a type that cannot travel, see drover::Value");

    //! As many arg() as there are parameters, or none: the parameters are then called 1, 2, ...
    template <typename... T> constexpr Function(const char *name, Arg<T>... arguments) : m_name(name)
    {
        static_assert(sizeof...(T) == 0 || sizeof...(T) == arity,
                      "a drover::Function needs one arg() for each of its parameters");
        if constexpr (sizeof...(T) == arity) {
            static_assert((defaultFits<std::remove_cvref_t<P>, T>() && ...),
                          "the default of an arg() is of another kind than its parameter");
            (checkDefault<std::remove_cvref_t<P>>(arguments.fallback), ...);
            m_arguments = {Arg<NoDefault>{arguments.name, arguments.fallback}...};
        }
    }

    //! The same function with one line that tells a person what it does.
    constexpr Function describedAs(const char *doc) const
    {
        Function copy = *this;
        copy.m_doc = doc;
        return copy;
    }

    QString name() const { return QString::fromUtf8(m_name); }
    Signature signature() const { return signatureOf(std::index_sequence_for<P...>()); }
    //! Signature::hash() without making the Signature.
    quint64 signatureHash() const;

    //! How many arguments must be given: those up to the last parameter without a default.
    constexpr size_t required() const
    {
        size_t count = arity;
        while (count > 0 && m_arguments[count - 1].fallback.kind != Default::None)
            --count;
        return count;
    }

    //! The array of all arguments as CBOR. `InvalidArgument` names the parameter that is missing or out of range.
    template <typename... A> Result<QByteArray> encode(const A &...arguments) const;
    //! The bytes of the only argument, untouched, for Options::raw(). `InvalidArgument` when it is not that simple.
    template <typename... A> Result<QByteArray> encodeRaw(const A &...arguments) const;
    //! What encode() wrote; arguments that are missing at the end get their default.
    //! Reason::Rejected: `lab.add: parameter 'y' is int, got "x"`.
    Result<Arguments> decode(const QByteArray &bytes) const;
    //! The only argument as raw bytes; Reason::Rejected when it is not a QByteArray.
    Result<Arguments> decodeRaw(const QByteArray &bytes) const;

    QString parameterName(size_t index) const
    {
        return m_arguments[index].name ? QString::fromUtf8(m_arguments[index].name) : QString::number(index + 1);
    }

private:
    template <size_t... I> Signature signatureOf(std::index_sequence<I...>) const;
    template <size_t I, typename Given> bool writeArgument(ValueWriter &out, const Given &given) const;
    template <size_t I> bool readArgument(ValueReader &in, Arguments &arguments) const;

    const char *m_name;
    const char *m_doc = nullptr;
    std::array<Arg<NoDefault>, arity> m_arguments{};
};

//! Error texts of Function, shared by all of its instances.
DROVER_CORE_EXPORT Error missingArgument(const QString &function, const QString &parameter, const QString &type);
DROVER_CORE_EXPORT Error unfitArgument(const QString &function, const QString &parameter, const QString &type,
                                       const QString &got);
DROVER_CORE_EXPORT Error tooManyArguments(const QString &function, qsizetype most);
DROVER_CORE_EXPORT Error notRaw(const QString &function);
//! A default as JSON text.
DROVER_CORE_EXPORT QString defaultText(const Result<QByteArray> &encoded);

} // namespace drover

#include "task/function_codec.h"
