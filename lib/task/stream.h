// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace drover {

//! One piece of what an attempt tells while it runs, numbered from 1 without gaps within the attempt.
struct DROVER_CORE_EXPORT StreamItem
{
    //! The values reach the wire and the disk: never renumber.
    enum Kind : quint8 {
        Progress = 1, //!< `data` as Progress::toData() writes it
        Log = 2, //!< a line of text, UTF-8
        Output = 3, //!< bytes of standard output
        ErrorOutput = 4, //!< bytes of standard error
        Value = 5, //!< a CBOR item
        Lost = 6, //!< items that were dropped because nobody read them in time; `data` is their number in decimal
        End = 7, //!< nothing follows
    };

    //! So much of an attempt's stream is kept for a reader that is behind or yet to come, by cost().
    static constexpr quint64 capacity = 1024 * 1024;

    quint64 seq = 0;
    Kind kind = Progress;
    QByteArray data;

    //! Bytes that it takes where it is kept.
    quint64 cost() const { return quint64(data.size()) + 64; }

    template <typename V> void fields(V &v) { v(seq, kind, data); }
    friend bool operator==(const StreamItem &, const StreamItem &) = default;
};

//! How far a task has come.
struct DROVER_CORE_EXPORT Progress
{
    double done = 0;
    double total = 0; //!< 0 when it is not known
    QString text;

    //! From 0 to 1, or -1 when the total is not known.
    double fraction() const { return total > 0 ? qBound(0.0, done / total, 1.0) : -1.0; }
    QByteArray toData() const;
    //! `ProtocolError` when \a data is not what toData() writes.
    static Result<Progress> fromData(const QByteArray &data);

    friend bool operator==(const Progress &, const Progress &) = default;
};

} // namespace drover
