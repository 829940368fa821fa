// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/value_scalars.h"

#include <array>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

namespace drover {

//! Anything with a beginning, an end and elements that can be added: QList, QSet, std::vector, std::set, ...
template <typename T>
concept Sequence = requires(T t, typename T::value_type item)
{
    t.begin() != t.end();
    t.clear();
    requires requires
    {
        t.push_back(item);
    } || requires
    {
        t.insert(item);
    };
}
&&!requires
{
    typename T::mapped_type;
};

//! QMap, QHash, std::map, std::unordered_map.
template <typename T>
concept Mapping = requires(T t)
{
    typename T::key_type;
    typename T::mapped_type;
    t.begin() != t.end();
    t.clear();
};

template <Sequence T>
    requires Encodable<typename T::value_type>
struct Value<T>
{
    using Item = typename T::value_type;

    static QString type() { return QStringLiteral("list<%1>").arg(Value<Item>::type()); }
    static void write(ValueWriter &out, const T &value)
    {
        out.startArray(quint64(value.size()));
        for (const auto &item : value)
            Value<Item>::write(out, item);
        out.endArray();
    }
    static bool read(ValueReader &in, T &value)
    {
        qsizetype count = 0;
        if (!in.enterArray(count))
            return false;
        value.clear();
        if constexpr (requires { value.reserve(count); })
            value.reserve(count);
        for (int i = 0; in.hasNext(); ++i) {
            Item item{};
            if (!Value<Item>::read(in, item))
                return in.refuseAt(QStringLiteral("[%1]").arg(i));
            if constexpr (requires { value.push_back(std::move(item)); })
                value.push_back(std::move(item));
            else
                value.insert(std::move(item));
        }
        return in.leave();
    }
};

template <Mapping T>
    requires(Encodable<typename T::key_type> &&Encodable<typename T::mapped_type>)
struct Value<T>
{
    using Key = typename T::key_type;
    using Item = typename T::mapped_type;

    static QString type() { return QStringLiteral("map<%1,%2>").arg(Value<Key>::type(), Value<Item>::type()); }
    static void write(ValueWriter &out, const T &value)
    {
        out.startMap(quint64(value.size()));
        for (auto it = value.begin(); it != value.end(); ++it) {
            if constexpr (requires { it.key(); }) {
                Value<Key>::write(out, it.key());
                Value<Item>::write(out, it.value());
            } else {
                Value<Key>::write(out, it->first);
                Value<Item>::write(out, it->second);
            }
        }
        out.endMap();
    }
    static bool read(ValueReader &in, T &value)
    {
        qsizetype count = 0;
        if (!in.enterMap(count))
            return false;
        value.clear();
        for (int i = 0; in.hasNext(); ++i) {
            Key key{};
            Item item{};
            if (!Value<Key>::read(in, key) || !Value<Item>::read(in, item))
                return in.refuseAt(QStringLiteral("[%1]").arg(i));
            if constexpr (requires { value.insert(key, item); })
                value.insert(std::move(key), std::move(item));
            else
                value.emplace(std::move(key), std::move(item));
        }
        return in.leave();
    }
};

//! An array of exactly these items: pairs, tuples, std::array and types with fields().
template <typename... Item> void writeItems(ValueWriter &out, const Item &...item)
{
    out.startArray(sizeof...(Item));
    (Value<Item>::write(out, item), ...);
    out.endArray();
}

template <typename... Item> bool readItems(ValueReader &in, Item &...item)
{
    qsizetype count = 0;
    if (!in.enterArray(count))
        return false;
    int at = 0;
    const bool all = ([&] {
        if (Value<Item>::read(in, item))
            return ++at > 0;
        return in.refuseAt(QStringLiteral("[%1]").arg(at));
    }() && ...);
    if (all && in.hasNext())
        return in.refuse(QStringLiteral("more than %1 elements").arg(at));
    return all && in.leave();
}

template <Encodable A, Encodable B> struct Value<std::pair<A, B>>
{
    static QString type() { return QStringLiteral("tuple<%1,%2>").arg(Value<A>::type(), Value<B>::type()); }
    static void write(ValueWriter &out, const std::pair<A, B> &value) { writeItems(out, value.first, value.second); }
    static bool read(ValueReader &in, std::pair<A, B> &value) { return readItems(in, value.first, value.second); }
};

template <Encodable... T> struct Value<std::tuple<T...>>
{
    static QString type() { return QStringLiteral("tuple<%1>").arg(QStringList{Value<T>::type()...}.join(u',')); }
    static void write(ValueWriter &out, const std::tuple<T...> &value)
    {
        std::apply([&](const T &...item) { writeItems(out, item...); }, value);
    }
    static bool read(ValueReader &in, std::tuple<T...> &value)
    {
        return std::apply([&](T &...item) { return readItems(in, item...); }, value);
    }
};

template <Encodable T, size_t N> struct Value<std::array<T, N>>
{
    static QString type() { return QStringLiteral("list<%1>").arg(Value<T>::type()); }
    static void write(ValueWriter &out, const std::array<T, N> &value)
    {
        std::apply([&](const auto &...item) { writeItems(out, item...); }, value);
    }
    static bool read(ValueReader &in, std::array<T, N> &value)
    {
        return std::apply([&](auto &...item) { return readItems(in, item...); }, value);
    }
};

//! Null or the value. An optional of an optional could not tell its two kinds of nothing apart and does not travel.
template <Encodable T>
    requires(!IsOptional<T>::value)
struct Value<std::optional<T>>
{
    static QString type() { return QStringLiteral("optional<%1>").arg(Value<T>::type()); }
    static void write(ValueWriter &out, const std::optional<T> &value)
    {
        if (value)
            Value<T>::write(out, *value);
        else
            out.appendNull();
    }
    static bool read(ValueReader &in, std::optional<T> &value)
    {
        value.reset();
        return in.takeNull() || Value<T>::read(in, value.emplace());
    }
};

template <> struct Value<std::monostate>
{
    static QString type() { return QStringLiteral("void"); }
    static void write(ValueWriter &out, std::monostate) { out.appendNull(); }
    static bool read(ValueReader &in, std::monostate &) { return in.takeNull() || in.refuse(); }
};

} // namespace drover
