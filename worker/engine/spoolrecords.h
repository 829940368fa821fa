// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "protocol/messages/finished.h"

#include <QtCore/QList>

namespace drover {

//! What a file of ResultSpool holds: records of length (4 bytes, little endian), checksum (8 bytes: the first of the
//! SHA-256 of the content) and content. The first is a header; then each is a message of the protocol, `Finished` for a
//! result, `FinishedAck` for results that are acknowledged.
struct SpoolRecords
{
    struct Result
    {
        Finished finished;
        qint64 size = 0; //!< of its record, bytes
    };

    QByteArray broker; //!< empty: it is no such file, or one of a later version
    QString worker;
    QList<Result> results; //!< not acknowledged
    qint64 validSize = 0; //!< bytes up to where the first torn record begins

    static SpoolRecords read(QByteArrayView file);
    //! Of a header only.
    static SpoolRecords readHeader(QByteArrayView file);
    static constexpr qint64 maxHeader = 4096; //!< bytes

    static QByteArray header(const QByteArray &broker, const QString &worker);
    static QByteArray record(const Finished &result);
    static QByteArray acknowledgement(const LeaseRef &lease);
};

} // namespace drover
