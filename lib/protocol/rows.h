// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/queuesettingscodec.h"
#include "protocol/taskinfocodec.h"
#include "support/result.h"
#include "task/batchinfo.h"
#include "task/queueinfo.h"
#include "task/workerinfo.h"

namespace drover {

//! Keys of live tables: a task's and a batch's is its 16 bytes, a worker's its fingerprint, a queue's its name, both as
//! UTF-8.
inline QByteArray rowKey(const TaskInfo &task)
{
    return task.id.view().toByteArray();
}
inline QByteArray rowKey(const WorkerInfo &worker)
{
    return worker.fingerprint.toUtf8();
}
inline QByteArray rowKey(const QueueInfo &queue)
{
    return queue.name.toUtf8();
}

inline QByteArray rowKey(const BatchInfo &batch)
{
    return batch.id.view().toByteArray();
}

//! A TaskInfo, WorkerInfo, QueueInfo or BatchInfo as the row of a Snapshot or Delta: one array of its fields.
template <Fields T> QByteArray encodeRow(const T &value)
{
    QByteArray row;
    {
        CborWriter writer(row);
        Codec<T>::write(writer, value);
    }
    return row;
}

//! ProtocolError when \a row is not that, or has something behind it.
template <Fields T> Result<T> decodeRow(QByteArrayView row)
{
    CborReader reader(row);
    T value;
    Codec<T>::read(reader, value);
    if (reader.ok() && !reader.atEnd())
        reader.fail("the end of the row");
    if (!reader.ok())
        return fail(reader.error());
    return value;
}

} // namespace drover
