// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/taskstreams.h"

namespace drover {

StreamOpen TaskStreams::open(TaskId id, quint64 fromSeq)
{
    Stream &stream = m_streams[id];
    stream = {};
    stream.nextSeq = qMax<quint64>(fromSeq, 1);
    StreamOpen open;
    open.id = id;
    open.fromSeq = stream.nextSeq;
    open.credit = window;
    return open;
}

std::optional<TaskStreams::Fresh> TaskStreams::received(const StreamItems &message)
{
    const auto it = m_streams.find(message.id);
    if (it == m_streams.end())
        return std::nullopt;
    // attempt 0: the broker no longer knows of which one, and has but the end
    Fresh fresh{message.attempt ? message.attempt : it->attempt, {}, {}};
    for (const StreamItem &item : message.items)
        it->used += item.data.size();
    if (fresh.attempt < it->attempt)
        return std::nullopt;
    if (fresh.attempt > it->attempt) {
        if (it->attempt != 0)
            it->nextSeq = 1;
        it->attempt = fresh.attempt;
    }
    for (const StreamItem &item : message.items) {
        if (item.seq < it->nextSeq && message.attempt)
            continue;
        it->nextSeq = qMax(it->nextSeq, item.seq + 1);
        fresh.items.append(item);
    }
    if (it->granted <= it->used + window / 4 * 3) {
        it->granted = it->used + window;
        fresh.credit = StreamCredit{message.id, it->granted};
    }
    return fresh;
}

QList<StreamOpen> TaskStreams::reopened()
{
    QList<StreamOpen> all;
    for (auto it = m_streams.begin(); it != m_streams.end(); ++it) {
        it->used = 0;
        it->granted = window;
        StreamOpen open;
        open.id = it.key();
        open.fromSeq = it->nextSeq;
        open.credit = window;
        all.append(open);
    }
    return all;
}

} // namespace drover
