// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/default.h"
#include "task/valuereader.h"
#include "task/valuewriter.h"

#include <QtCore/QByteArray>

#include <chrono>
#include <string>
#include <type_traits>

namespace drover {

//! How a C++ type travels. To make a type of one's own a value, give it Q_GADGET and Q_PROPERTYs, or a
//! `fields(v)` function that calls `v(first, second, ...)`, or specialise this with
//!   static QString type();                            // the canonical text in signatures
//!   static void write(ValueWriter &, const T &);      // exactly one CBOR item
//!   static bool read(ValueReader &, T &);             // false by `return in.refuse();` when it does not fit
template <typename T> struct Value;

//! A type that can be an argument or a result of a Function.
template <typename T>
concept Encodable = std::is_default_constructible_v<T> && requires
{
    Value<T>::type();
};

template <> struct Value<bool>
{
    static QString type() { return QStringLiteral("bool"); }
    static void write(ValueWriter &out, bool value) { out.append(value); }
    static bool read(ValueReader &in, bool &value) { return in.readBool(value); }
};

//! `int8` ... `uint64`, where the 32-bit ones are called `int` and `uint`. Out of range is refused.
template <typename T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
struct Value<T>
{
    static QString type()
    {
        const QString name = std::is_signed_v<T> ? QStringLiteral("int") : QStringLiteral("uint");
        return sizeof(T) == 4 ? name : name + QString::number(8 * sizeof(T));
    }
    static void write(ValueWriter &out, T value)
    {
        if constexpr (std::is_signed_v<T>)
            out.append(qint64(value));
        else
            out.append(quint64(value));
    }
    static bool read(ValueReader &in, T &value)
    {
        quint64 bits = 0;
        bool negative = false;
        if (!in.readInteger(bits, negative))
            return false;
        if (negative ? !inRange<T>(qint64(bits)) : !inRange<T>(bits))
            return in.refuse(negative ? QString::number(qint64(bits)) : QString::number(bits));
        value = T(bits);
        return true;
    }
};

//! `double` or `float`; reads integers, too.
template <typename T>
    requires(std::is_same_v<T, double> || std::is_same_v<T, float>)
struct Value<T>
{
    static QString type() { return std::is_same_v<T, double> ? QStringLiteral("double") : QStringLiteral("float"); }
    static void write(ValueWriter &out, T value) { out.append(value); }
    static bool read(ValueReader &in, T &value)
    {
        double number = 0;
        if (!in.readDouble(number))
            return false;
        value = T(number);
        return true;
    }
};

//! Any enumeration, by its number.
template <typename T>
    requires std::is_enum_v<T>
struct Value<T>
{
    using Number = std::underlying_type_t<T>;
    static QString type() { return QStringLiteral("enum"); }
    static void write(ValueWriter &out, T value) { Value<Number>::write(out, Number(value)); }
    static bool read(ValueReader &in, T &value)
    {
        Number number{};
        if (!Value<Number>::read(in, number))
            return false;
        value = T(number);
        return true;
    }
};

//! UTF-8, as QString.
template <> struct Value<std::string>
{
    static QString type() { return QStringLiteral("string"); }
    static void write(ValueWriter &out, const std::string &value)
    {
        out.appendTextString(value.data(), qsizetype(value.size()));
    }
    static bool read(ValueReader &in, std::string &value)
    {
        QString text;
        if (!in.readText(text))
            return false;
        value = text.toStdString();
        return true;
    }
};

//! As nanoseconds; the greatest and the least duration of a type stay these. What does not fit exactly is refused.
template <typename Rep, typename Period> struct Value<std::chrono::duration<Rep, Period>>
{
    using Duration = std::chrono::duration<Rep, Period>;
    using Nanoseconds = std::chrono::nanoseconds;
    using Real = std::chrono::duration<double, std::nano>;

    static QString type() { return QStringLiteral("duration"); }
    static void write(ValueWriter &out, Duration value)
    {
        const double rough = std::chrono::duration_cast<Real>(value).count();
        qint64 count = rough >= 9.2233720368547758e18 ? Nanoseconds::max().count() : Nanoseconds::min().count();
        if (rough > -9.2233720368547758e18 && rough < 9.2233720368547758e18)
            count = std::chrono::duration_cast<Nanoseconds>(value).count();
        out.append(count);
    }
    static bool read(ValueReader &in, Duration &value)
    {
        qint64 count = 0;
        if (!Value<qint64>::read(in, count))
            return false;
        if (count == Nanoseconds::max().count() || count == Nanoseconds::min().count()) {
            value = count > 0 ? Duration::max() : Duration::min();
            return true;
        }
        value = std::chrono::duration_cast<Duration>(Nanoseconds(count));
        if (!std::is_floating_point_v<Rep> && std::chrono::duration_cast<Nanoseconds>(value).count() != count)
            return in.refuse(QStringLiteral("%1 ns, which is too fine").arg(count));
        return true;
    }
};

} // namespace drover
