// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/id.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <algorithm>

namespace drover {

//! A batch is a range of task ids: its own ends with four zero bytes, and item number n (from 1) is the task whose id has n
//! there instead. So anybody who knows the id of a batch knows those of its items.
inline constexpr quint32 maxBatchItems = 0xfffffffe;

//! The batch that \a id would be an item of.
inline TaskId batchOf(const TaskId &id)
{
    auto bytes = id.bytes();
    std::fill(bytes.begin() + 12, bytes.end(), quint8(0));
    return TaskId(bytes);
}

//! Which item of its batch \a id is, from 1; 0 for the batch itself. Says something of tasks in a batch only.
inline quint32 itemNumber(const TaskId &id)
{
    const auto &bytes = id.bytes();
    return quint32(bytes[12]) << 24 | quint32(bytes[13]) << 16 | quint32(bytes[14]) << 8 | bytes[15];
}

//! The id of item \a number, from 1, of \a batch.
inline TaskId itemId(const TaskId &batch, quint32 number)
{
    auto bytes = batch.bytes();
    for (int i = 0; i < 4; ++i)
        bytes[size_t(12 + i)] = quint8(number >> (24 - 8 * i));
    return TaskId(bytes);
}

//! What is known of a batch at one moment: the same for all who ask. Counts are of recorded states.
struct BatchInfo
{
    TaskId id;
    QString name; //!< as the user named it, often empty
    QString owner;
    qint64 createdMs = 0; //!< UTC
    qint64 total = -1; //!< items it will have; -1 = not known yet
    quint64 submitted = 0; //!< items read from its range so far, those that were refused among them
    quint64 succeeded = 0;
    quint64 failed = 0; //!< refused ones among them
    quint64 revoked = 0;
    bool cancelled = false;

    quint64 done() const { return succeeded + failed + revoked; }
    //! Nothing of it will change any more.
    bool finished() const { return done() >= submitted && (cancelled || (total >= 0 && done() >= quint64(total))); }

    template <typename V> void fields(V &v)
    {
        v(id, name, owner, createdMs, total, submitted, succeeded, failed, revoked, cancelled);
    }
    friend bool operator==(const BatchInfo &, const BatchInfo &) = default;
};

} // namespace drover

Q_DECLARE_METATYPE(drover::BatchInfo)
