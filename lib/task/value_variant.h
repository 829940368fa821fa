// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/value_containers.h"
#include "task/value_gadget.h"

#include <QtCore/QStringList>

namespace drover {

//! The number of the alternative, then its value.
template <Encodable... T> struct Value<std::variant<T...>>
{
    using Variant = std::variant<T...>;

    static QString type() { return QStringLiteral("variant<%1>").arg(QStringList{Value<T>::type()...}.join(u',')); }
    static void write(ValueWriter &out, const Variant &value)
    {
        out.startArray(2);
        out.append(quint64(value.index()));
        std::visit([&]<typename A>(const A &item) { Value<A>::write(out, item); }, value);
        out.endArray();
    }
    static bool read(ValueReader &in, Variant &value)
    {
        qsizetype count = 0;
        quint64 index = 0;
        if (!in.enterArray(count) || !Value<quint64>::read(in, index))
            return false;
        return readAlternative(in, value, index, std::index_sequence_for<T...>()) && in.leave();
    }

private:
    template <size_t... I>
    static bool readAlternative(ValueReader &in, Variant &value, quint64 index, std::index_sequence<I...>)
    {
        bool done = false;
        if (((index == I && (done = Value<T>::read(in, value.template emplace<I>()), true)) || ...))
            return done;
        return in.refuse(QStringLiteral("alternative %1 of %2").arg(index).arg(sizeof...(T)));
    }
};

template <typename T>
concept HasFields = !Gadget<T> && requires(T t, void (*visit)())
{
    t.fields(visit);
};

//! Types with fields(): an array of the fields. Reading skips what is too many and leaves what is missing, so that
//! fields can be added at the end.
template <typename T>
    requires HasFields<T>
struct Value<T>
{
    static QString type()
    {
        if constexpr (requires { T::typeName; }) {
            return QString::fromLatin1(T::typeName);
        } else {
            QStringList types;
            T value;
            auto visit = [&]<typename... Field>(Field &...) { (types.append(Value<Field>::type()), ...); };
            value.fields(visit);
            return QStringLiteral("tuple<%1>").arg(types.join(u','));
        }
    }
    static void write(ValueWriter &out, const T &value)
    {
        auto visit = [&]<typename... Field>(Field &...field) { writeItems(out, field...); };
        const_cast<T &>(value).fields(visit);
    }
    static bool read(ValueReader &in, T &value)
    {
        qsizetype count = 0;
        if (!in.enterArray(count))
            return false;
        int at = 0;
        bool all = true;
        auto visit = [&]<typename... Field>(Field &...field) {
            all = ((!in.hasNext() || Value<Field>::read(in, field) || in.refuseAt(QStringLiteral("[%1]").arg(at)), ++at,
                    !in.hasRefused())
                   && ...);
        };
        value.fields(visit);
        while (all && in.hasNext())
            all = in.skip();
        return all && in.leave();
    }
};

} // namespace drover
