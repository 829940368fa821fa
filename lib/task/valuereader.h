// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QCborStreamReader>
#include <QtCore/QString>

#include <optional>

namespace drover {

//! Reads values out of CBOR bytes that nobody has checked: every length is compared with the bytes that are left
//! before memory is taken, nesting is bounded. All functions return false once something did not fit; the first such
//! place is kept for the message. Used by Value<T>::read().
class DROVER_CORE_EXPORT ValueReader
{
public:
    static constexpr int maxDepth = 64;

    explicit ValueReader(const QByteArray &bytes) : m_size(bytes.size()), m_stream(bytes) {}

    bool readBool(bool &value);
    //! An integer as two's complement; \a negative tells how to read it.
    bool readInteger(quint64 &bits, bool &negative);
    bool readDouble(double &value); //!< also from an integer
    bool readText(QString &text);
    bool readBytes(QByteArray &bytes);
    //! True, and the null is behind, when the next item is null or undefined.
    bool takeNull();
    //! The tag before the next item; it is behind then.
    std::optional<quint64> takeTag();

    //! \a count is a lower estimate for reserve().
    bool enterArray(qsizetype &count);
    bool enterMap(qsizetype &count);
    bool hasNext() { return m_stream.lastError() == QCborError::NoError && m_stream.hasNext(); }
    bool leave();
    bool skip();
    //! After the last item: nothing may follow.
    bool atEnd();

    QCborStreamReader::Type type() const { return m_stream.type(); }
    QCborStreamReader &stream() { return m_stream; }

    //! The next item is not what was asked for. Always false, so that `return in.refuse();` reads well.
    bool refuse();
    //! As refuse(), saying in words what is there instead.
    bool refuse(const QString &found);
    //! Puts a place before the path of the first refusal: `[3]`, `.name`. Always false.
    bool refuseAt(const QString &place);
    bool hasRefused() const { return !m_found.isEmpty(); }
    //! `"x" at [3].name`
    QString found() const { return m_path.isEmpty() ? m_found : m_found + QStringLiteral(" at ") + m_path; }

private:
    qsizetype remaining() const { return m_size - qsizetype(m_stream.currentOffset()); }
    template <typename Chunk, typename Read> bool readChunks(Chunk &all, Read read);
    bool enter(qsizetype &count, int itemsEach);
    QString describeNext();

    qsizetype m_size;
    int m_depth = 0;
    QCborStreamReader m_stream;
    QString m_found;
    QString m_path;
};

} // namespace drover
