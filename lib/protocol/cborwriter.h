// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstring>

namespace drover {

//! Appends CBOR items (RFC 8949) to a byte array: shortest integers, definite lengths, the same bytes as
//! QCborStreamWriter makes. Nothing here fails; the caller writes as many items as it announced.
//! The array belongs to the writer until that is destroyed: meanwhile it is longer than its contents.
//! Memory is taken only when the array's capacity is used up, so a buffer that is reused takes none.
class DROVER_CORE_EXPORT CborWriter
{
public:
    explicit CborWriter(QByteArray &out);
    ~CborWriter();
    Q_DISABLE_COPY_MOVE(CborWriter)

    void unsignedInt(quint64 value) { head(0x00, value); }
    void signedInt(qint64 value);
    void boolean(bool value) { byte(value ? 0xf5 : 0xf4); }
    void null() { byte(0xf6); }
    void real(double value); //!< always eight bytes
    void text(QStringView value); //!< as UTF-8
    void bytes(QByteArrayView value);
    void array(quint64 count) { head(0x80, count); } //!< \a count items follow
    void map(quint64 count) { head(0xa0, count); } //!< \a count pairs of key and value follow
    void tag(quint64 number) { head(0xc0, number); } //!< one item follows

private:
    static constexpr qsizetype maxHead = 9;

    //! Makes room for \a size bytes behind the cursor.
    void reserve(qsizetype size)
    {
        if (m_end - m_cursor < size)
            grow(size);
    }
    void byte(quint8 value)
    {
        reserve(1);
        *m_cursor++ = char(value);
    }
    void head(quint8 major, quint64 value)
    {
        reserve(maxHead);
        if (value < 24)
            *m_cursor++ = char(major | value);
        else
            longHead(major, value);
    }
    void longHead(quint8 major, quint64 value);
    void append(QByteArrayView value);
    void grow(qsizetype size);

    QByteArray &m_out;
    char *m_cursor;
    char *m_end;
};

} // namespace drover
