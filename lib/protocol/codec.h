// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/cborreader.h"
#include "protocol/cborwriter.h"
#include "support/id.h"

#include <QtCore/QList>

#include <concepts>
#include <limits>
#include <optional>
#include <type_traits>

namespace drover {

//! Elements of one list; a longer one is refused, so that senders split it over several messages.
inline constexpr quint64 maxListLength = 65536;

//! How a field of type T is written and read: `static void write(CborWriter &, const T &)` and
//! `static void read(CborReader &, T &)`. Structures need none: they list their fields, see Fields.
template <typename T> struct Codec;

//! The first and last enumerator of an enum that travels; the values between are all valid.
template <typename E> struct WireEnum;

//! Counts fields.
struct FieldCounter
{
    quint64 count = 0;
    template <typename... T> constexpr void operator()(const T &...) { count += sizeof...(T); }
    template <typename... T> constexpr void later(const T &...) { count += sizeof...(T); }
};

//! A structure lists its fields in wire order, once for writing and reading: a member
//! `template <typename V> void fields(V &v) { v(id, name); v.later(addedInVersion2); }`,
//! or for a type of another room a function `visitFields(V &, T &)`. Fields under `later` may be missing at the end.
template <typename T>
concept HasMemberFields = requires(T &t, FieldCounter &v)
{
    t.fields(v);
};
template <typename T>
concept HasFreeFields = requires(T &t, FieldCounter &v)
{
    visitFields(v, t);
};
template <typename T>
concept Fields = HasMemberFields<T> || HasFreeFields<T>;

template <typename V, Fields T> void visit(V &visitor, T &structure)
{
    if constexpr (HasMemberFields<T>)
        structure.fields(visitor);
    else
        visitFields(visitor, structure);
}

class FieldWriter
{
public:
    explicit FieldWriter(CborWriter &writer) : m_writer(writer) {}
    template <typename... T> void operator()(const T &...field) { (Codec<T>::write(m_writer, field), ...); }
    template <typename... T> void later(const T &...field) { (*this)(field...); }

private:
    CborWriter &m_writer;
};

class FieldReader
{
public:
    //! \a count items of the open array are still unread.
    FieldReader(CborReader &reader, quint64 count) : m_reader(reader), m_left(count) {}

    template <typename... T> void operator()(T &...field) { (required(field), ...); }
    template <typename... T> void later(T &...field) { ((m_left > 0 ? required(field) : void()), ...); }
    //! Passes over what a newer version has added.
    void finish()
    {
        for (; m_left > 0 && m_reader.ok(); --m_left)
            m_reader.skip();
    }

private:
    template <typename T> void required(T &field)
    {
        ++m_index;
        if (m_left == 0)
            m_reader.fail("one more field");
        else
            Codec<T>::read(m_reader, field);
        --m_left;
        if (!m_reader.ok()) [[unlikely]]
            stop();
    }
    void stop()
    {
        if (!m_stopped)
            m_reader.failedIn(m_index);
        m_stopped = true;
        m_left = 0;
    }

    CborReader &m_reader;
    quint64 m_left;
    int m_index = 0;
    bool m_stopped = false;
};

template <Fields T> quint64 fieldCount(T &structure)
{
    FieldCounter counter;
    visit(counter, structure);
    return counter.count;
}

//! A structure inside a message is an array of its fields; what follows them is skipped.
template <Fields T> struct Codec<T>
{
    static void write(CborWriter &writer, const T &value)
    {
        auto &structure = const_cast<T &>(value); // one visitor serves both directions; the writer only looks
        writer.array(fieldCount(structure));
        FieldWriter fields(writer);
        visit(fields, structure);
    }
    static void read(CborReader &reader, T &value)
    {
        FieldReader fields(reader, reader.array());
        visit(fields, value);
        fields.finish();
    }
};

template <> struct Codec<bool>
{
    static void write(CborWriter &writer, bool value) { writer.boolean(value); }
    static void read(CborReader &reader, bool &value) { value = reader.boolean(); }
};

template <std::unsigned_integral T> struct Codec<T>
{
    static void write(CborWriter &writer, T value) { writer.unsignedInt(value); }
    static void read(CborReader &reader, T &value) { value = T(reader.unsignedInt(std::numeric_limits<T>::max())); }
};

template <std::signed_integral T> struct Codec<T>
{
    using Limits = std::numeric_limits<T>;
    static void write(CborWriter &writer, T value) { writer.signedInt(value); }
    static void read(CborReader &reader, T &value) { value = T(reader.signedInt(Limits::min(), Limits::max())); }
};

template <typename E>
    requires std::is_enum_v<E>
struct Codec<E>
{
    static void write(CborWriter &writer, E value) { writer.unsignedInt(quint64(value)); }
    static void read(CborReader &reader, E &value)
    {
        const quint64 number = reader.unsignedInt();
        if (reader.ok() && (number < quint64(WireEnum<E>::first) || number > quint64(WireEnum<E>::last)))
            reader.fail("a number of the enumeration");
        else if (reader.ok())
            value = E(number);
    }
};

template <> struct Codec<double>
{
    static void write(CborWriter &writer, double value) { writer.real(value); }
    static void read(CborReader &reader, double &value) { value = reader.real(); }
};

template <> struct Codec<QString>
{
    static void write(CborWriter &writer, const QString &value) { writer.text(value); }
    static void read(CborReader &reader, QString &value) { value = reader.text(); }
};

template <> struct Codec<QByteArray>
{
    static void write(CborWriter &writer, const QByteArray &value) { writer.bytes(value); }
    static void read(CborReader &reader, QByteArray &value) { value = reader.bytes().toByteArray(); }
};

//! Sixteen bytes.
template <> struct Codec<Id>
{
    static void write(CborWriter &writer, const Id &value) { writer.bytes(value.view()); }
    static void read(CborReader &reader, Id &value)
    {
        const auto id = Id::fromBytes(reader.bytes());
        if (id)
            value = *id;
        else
            reader.fail("16 bytes of an id");
    }
};

//! Null or the value.
template <typename T> struct Codec<std::optional<T>>
{
    static void write(CborWriter &writer, const std::optional<T> &value)
    {
        if (value)
            Codec<T>::write(writer, *value);
        else
            writer.null();
    }
    static void read(CborReader &reader, std::optional<T> &value)
    {
        value.reset();
        if (reader.peek() == CborReader::Type::Null)
            reader.null();
        else
            Codec<T>::read(reader, value.emplace());
    }
};

template <typename T> struct Codec<QList<T>>
{
    static void write(CborWriter &writer, const QList<T> &list)
    {
        writer.array(quint64(list.size()));
        for (const T &element : list)
            Codec<T>::write(writer, element);
    }
    static void read(CborReader &reader, QList<T> &list)
    {
        const quint64 count = reader.array();
        if (count > maxListLength)
            return reader.fail("no more than 65536 items");
        list.clear();
        list.reserve(qsizetype(qMin<quint64>(count, 64))); // a claim is not yet an element
        for (quint64 i = 0; i < count && reader.ok(); ++i) {
            Codec<T>::read(reader, list.emplaceBack());
            if (!reader.ok())
                reader.failedIn(int(i + 1));
        }
    }
};

} // namespace drover
