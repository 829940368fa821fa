// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/function.h"

namespace drover {

inline constexpr quint64 hashSeed = 0xcbf29ce484222325u;

//! FNV-1a, continued from \a hash.
constexpr quint64 fnv1a(std::string_view text, quint64 hash = hashSeed)
{
    for (const char c : text)
        hash = (hash ^ quint8(c)) * 0x100000001b3u;
    return hash;
}

template <typename R, typename... P> quint64 Function<R(P...)>::signatureHash() const
{
    static const QByteArray types =
        u'(' + QStringList{typeText<std::remove_cvref_t<P>>()...}.join(u',').toUtf8() + ")->" + typeText<R>().toUtf8();
    return fnv1a({types.data(), size_t(types.size())}, fnv1a(m_name));
}

template <typename R, typename... P>
template <size_t... I>
Signature Function<R(P...)>::signatureOf(std::index_sequence<I...>) const
{
    [[maybe_unused]] const auto textOf = [](const auto &fallback, auto type) -> std::optional<QString> {
        if (fallback.kind == Default::None)
            return std::nullopt;
        return defaultText(encodeValue(fallback.template as<typename decltype(type)::type>()));
    };
    const QList<Parameter> parameters{
        Parameter{parameterName(I), typeText<std::remove_cvref_t<P>>(),
                  textOf(m_arguments[I].fallback, std::type_identity<std::remove_cvref_t<P>>())}...};
    return Signature(name(), parameters, typeText<R>(), QString::fromUtf8(m_doc));
}

template <typename P, typename A> bool writeAs(ValueWriter &out, const A &value)
{
    if constexpr (std::is_same_v<P, A>) {
        Value<P>::write(out, value);
    } else if constexpr (std::is_integral_v<P> && std::is_integral_v<A>) {
        if (!inRange<P>(value)) {
            out.refuse(QString::number(value));
            return false;
        }
        Value<P>::write(out, P(value));
    } else if constexpr (std::is_same_v<P, QString>) {
        Value<P>::write(out, QAnyStringView(value).toString());
    } else {
        Value<P>::write(out, static_cast<P>(value));
    }
    return true;
}

template <typename R, typename... P>
template <size_t I, typename Given>
bool Function<R(P...)>::writeArgument(ValueWriter &out, const Given &given) const
{
    using Type = std::tuple_element_t<I, Arguments>;
    if constexpr (I < std::tuple_size_v<Given>) {
        return writeAs<Type>(out, std::get<I>(given));
    } else {
        if (m_arguments[I].fallback.kind == Default::None)
            return false;
        Value<Type>::write(out, m_arguments[I].fallback.template as<Type>());
        return true;
    }
}

template <typename R, typename... P>
template <typename... A>
Result<QByteArray> Function<R(P...)>::encode(const A &...arguments) const
{
    static_assert(sizeof...(A) <= arity, "too many arguments for this drover::Function");
    if constexpr (sizeof...(A) <= arity) {
        const auto given = std::tie(arguments...);
        QByteArray bytes;
        ValueWriter out(&bytes);
        out.startArray(arity);
        size_t failed = arity;
        QString type;
        [&]<size_t... I>(std::index_sequence<I...>)
        {
            [[maybe_unused]] const auto write = [&](auto index) {
                constexpr size_t i = decltype(index)::value;
                if (writeArgument<i>(out, given) && !out.hasRefused())
                    return true;
                failed = i;
                type = typeText<std::tuple_element_t<i, Arguments>>();
                return false;
            };
            (void)(write(std::integral_constant<size_t, I>()) && ...);
        }
        (std::index_sequence_for<P...>());
        if (failed != arity) {
            return fail(failed >= sizeof...(A) ? missingArgument(name(), parameterName(failed), type)
                                               : unfitArgument(name(), parameterName(failed), type, out.refusal()));
        }
        out.endArray();
        return bytes;
    } else {
        return QByteArray();
    }
}

template <typename R, typename... P>
template <typename... A>
Result<QByteArray> Function<R(P...)>::encodeRaw(const A &...arguments) const
{
    if constexpr (std::is_same_v<Arguments, std::tuple<QByteArray>> && sizeof...(A) == 1)
        return QByteArray(arguments...);
    else
        return fail(notRaw(name()).setCode(ErrorCode::InvalidArgument).setReason(Reason::None));
}

template <typename R, typename... P>
template <size_t I>
bool Function<R(P...)>::readArgument(ValueReader &in, Arguments &arguments) const
{
    using Type = std::tuple_element_t<I, Arguments>;
    const Default &fallback = m_arguments[I].fallback;
    if (in.hasNext())
        return Value<Type>::read(in, std::get<I>(arguments));
    if (fallback.kind == Default::None)
        return false;
    std::get<I>(arguments) = fallback.template as<Type>();
    return true;
}

template <typename R, typename... P> auto Function<R(P...)>::decode(const QByteArray &bytes) const -> Result<Arguments>
{
    Arguments arguments;
    ValueReader in(bytes);
    qsizetype count = 0;
    const auto reject = [](Error error) {
        return fail(error.setCode(ErrorCode::TaskFailed).setReason(Reason::Rejected));
    };
    if (!in.enterArray(count))
        return reject(Error(Reason::Rejected,
                            QStringLiteral("%1: expected a list of arguments, got %2").arg(name(), in.found())));
    size_t failed = arity;
    QString type;
    [&]<size_t... I>(std::index_sequence<I...>)
    {
        [[maybe_unused]] const auto read = [&](auto index) {
            constexpr size_t i = decltype(index)::value;
            if (readArgument<i>(in, arguments))
                return true;
            failed = i;
            type = typeText<std::tuple_element_t<i, Arguments>>();
            return false;
        };
        (void)(read(std::integral_constant<size_t, I>()) && ...);
    }
    (std::index_sequence_for<P...>());
    if (failed != arity) {
        return reject(in.hasRefused() ? unfitArgument(name(), parameterName(failed), type, in.found())
                                      : missingArgument(name(), parameterName(failed), type));
    }
    if (in.hasNext())
        return reject(tooManyArguments(name(), arity));
    if (!in.leave() || !in.atEnd())
        return reject(Error(Reason::Rejected, QStringLiteral("%1: the arguments end in %2").arg(name(), in.found())));
    return arguments;
}

template <typename R, typename... P>
auto Function<R(P...)>::decodeRaw(const QByteArray &bytes) const -> Result<Arguments>
{
    if constexpr (std::is_same_v<Arguments, std::tuple<QByteArray>>)
        return Arguments(bytes);
    else
        return fail(notRaw(name()));
}

} // namespace drover
