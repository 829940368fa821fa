// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/sqlite.h"

#include <optional>

namespace drover {

//! CRC-32 as zlib and Ethernet have it.
quint32 crc32(QByteArrayView bytes);

//! The table `commits`: numbered blobs of records, each with its length and checksum in front. They are the truth until
//! the tables have caught up and remove them. Throws as Database does.
class StoreLog
{
public:
    explicit StoreLog(Database &database);

    //! Appends one blob, inside the caller's transaction.
    void append(QByteArrayView records);
    //! The number of the last blob.
    qint64 last() const { return m_last; }
    //! Removes the blobs up to \a number, inside the caller's transaction.
    void removeUpTo(qint64 number);

    struct Commit
    {
        qint64 number = 0;
        QByteArray records;
    };
    //! The first blob after \a number; nothing at the end. A damaged one is StorageFailed.
    std::optional<Commit> next(qint64 number);

    //! `[length, checksum]` little-endian, then \a records.
    static QByteArray seal(QByteArrayView records);
    //! The records of a sealed blob; nothing when it is torn.
    static std::optional<QByteArrayView> unseal(QByteArrayView blob);

private:
    QString m_path;
    Statement m_append;
    Statement m_remove;
    Statement m_next;
    qint64 m_last = 0;
};

} // namespace drover
