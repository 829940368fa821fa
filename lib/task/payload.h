// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/id.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace drover {

//! The greatest argument list or result that travels inside a message, in bytes.
inline constexpr qsizetype maxInlineValue = 16 * 1024 * 1024;
//! Greater ones travel as blobs, in parts behind everything that is small, wherever blobs can be.
inline constexpr qsizetype blobThreshold = 256 * 1024;
//! The greatest of all.
inline constexpr quint64 maxValue = quint64(4) << 30;

//! How the bytes of a Payload are to be read. The values reach the wire and the disk: never renumber.
enum class ContentType : quint8 {
    Cbor = 1, //!< one CBOR item: the array of the arguments, or the result
    Raw = 2, //!< the bytes themselves, untouched
    Json = 3, //!< JSON text in UTF-8
    Named = 4, //!< as the codec of that name has it
};

//! One piece of a Payload.
struct Segment
{
    //! The values reach the wire and the disk: never renumber.
    enum Kind : quint8 {
        Inline = 1, //!< `bytes` is the content
        Blob = 2, //!< `bytes` is the SHA-256 of the content, `size` its length
        TaskResult = 3, //!< the content is the result of `task`
        File =
            4, //!< `bytes` is the name of a file in the scratch folder of an agent, `size` its length; on an executor's pipe alone
    };

    Kind kind = Inline;
    QByteArray bytes;
    quint64 size = 0;
    TaskId task;

    template <typename V> void fields(V &v) { v(kind, bytes, size, task); }
    friend bool operator==(const Segment &, const Segment &) = default;
};

//! Encoded arguments or an encoded result: written once, read once, passed on unopened by all between.
//! A value; implicitly shared; any thread.
class DROVER_CORE_EXPORT Payload
{
public:
    //! No content at all (not even an empty CBOR item): what a refused or not yet known value looks like.
    Payload() = default;
    Payload(ContentType type, QString codec, QList<Segment> segments)
        : m_type(type), m_codec(std::move(codec)), m_segments(std::move(segments))
    {}

    static Payload cbor(QByteArray bytes) { return inlined(ContentType::Cbor, {}, std::move(bytes)); }
    static Payload raw(QByteArray bytes) { return inlined(ContentType::Raw, {}, std::move(bytes)); }
    static Payload json(QByteArray text) { return inlined(ContentType::Json, {}, std::move(text)); }
    static Payload named(QString codec, QByteArray bytes)
    {
        return inlined(ContentType::Named, std::move(codec), std::move(bytes));
    }

    ContentType type() const { return m_type; }
    //! The codec's name; empty unless the type is Named.
    const QString &codec() const { return m_codec; }
    const QList<Segment> &segments() const { return m_segments; }
    bool isEmpty() const { return m_segments.isEmpty(); }

    //! The content of all segments joined. `Unsupported`, naming the kind, when one of them is not inline.
    Result<QByteArray> inlineBytes() const;
    //! Bytes of the inline segments and the announced sizes of the blobs.
    qsizetype size() const;
    //! Whether some segment is of that kind.
    bool has(Segment::Kind kind) const;
    //! Whether it holds its content itself.
    bool isInline() const;
    //! The same kind of content with other segments.
    Payload withSegments(QList<Segment> segments) const { return Payload(m_type, m_codec, std::move(segments)); }

    template <typename V> void fields(V &v) { v(m_type, m_codec, m_segments); }
    friend bool operator==(const Payload &, const Payload &) = default;

private:
    static Payload inlined(ContentType type, QString codec, QByteArray bytes);

    ContentType m_type = ContentType::Cbor;
    QString m_codec;
    QList<Segment> m_segments;
};

} // namespace drover
