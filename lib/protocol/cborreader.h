// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"
#include "support/export.h"

#include <QtCore/QByteArrayView>

#include <array>
#include <limits>

namespace drover {

//! Reads CBOR items from bytes that it does not own. Every length is checked against the bytes that remain before
//! anything is done with it, so a claimed length never takes memory. Longer integer forms than needed are accepted;
//! indefinite lengths and text that is no UTF-8 are refused.
//! The first failure sticks: later reads return zeros and nothing moves. Check ok() at the end.
class DROVER_CORE_EXPORT CborReader
{
public:
    //! Containers inside containers that skip() follows.
    static constexpr int maxDepth = 32;

    //! What an item is. The first seven are CBOR's major types.
    enum class Type : quint8 { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Bool, Null, Double, Other, End };

    explicit CborReader(QByteArrayView data);

    bool ok() const { return !m_expected; }
    //! True when all bytes were read, or after a failure.
    bool atEnd() const { return m_at == m_end; }
    qsizetype offset() const { return m_at - m_begin; }
    qsizetype remaining() const { return m_end - m_at; }
    //! What failed: ProtocolError, "field 3: expected text, found array at byte 17". Code None when ok().
    Error error() const;

    Type peek() const;
    quint64 unsignedInt(quint64 max = ~quint64(0));
    qint64 signedInt(qint64 min = std::numeric_limits<qint64>::min(), qint64 max = std::numeric_limits<qint64>::max());
    bool boolean();
    void null();
    double real(); //!< half, single or double precision
    QByteArrayView bytes(); //!< a view into the data
    QByteArrayView textBytes(); //!< UTF-8, checked; a view into the data
    QString text();
    quint64 array(); //!< the number of items that follow; never more than the bytes that remain
    quint64 map(); //!< the number of pairs that follow; likewise
    quint64 tag();
    //! Passes over one item with all that it holds.
    void skip();

    //! Reports that what was read does not fit. \a expected is a string literal: "a number up to 5".
    void fail(const char *expected, ErrorCode code = ErrorCode::ProtocolError);
    //! Notes which field of the enclosing structure the failure is in; called from the inside out.
    void failedIn(int field);

private:
    struct Head
    {
        quint8 major;
        quint8 info;
        quint64 value;
    };
    bool head(Head &head);
    bool longHead(Head &head);
    quint64 skipHead();
    quint64 expectHead(quint8 major, const char *expected);
    QByteArrayView string(quint8 major, const char *expected);
    quint64 count(quint8 major, quint64 itemsEach, const char *expected);
    void failAt(const uchar *at, const char *expected);

    static constexpr int maxPath = 6;

    const uchar *m_begin;
    const uchar *m_at;
    const uchar *m_end;
    const char *m_expected = nullptr;
    ErrorCode m_code = ErrorCode::None;
    qsizetype m_failedAt = 0;
    Type m_found = Type::End;
    int m_pathLength = 0;
    std::array<int, maxPath> m_path{};
};

} // namespace drover
