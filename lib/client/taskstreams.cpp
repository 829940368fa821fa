// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/taskstreams.h"

namespace drover {

StreamOpen TaskStreams::open(TaskId id, quint64 fromSeq)
{
    Stream &stream = m_streams[id];
    stream = {0, qMax<quint64>(fromSeq, 1), 0};
    StreamOpen open;
    open.id = id;
    open.fromSeq = stream.nextSeq;
    open.credit = window;
    return open;
}

std::optional<TaskStreams::Fresh> TaskStreams::received(const StreamItems &message)
{
    const auto it = m_streams.find(message.id);
    if (it == m_streams.end() || message.attempt < it->attempt)
        return std::nullopt;
    if (message.attempt > it->attempt) {
        if (it->attempt != 0)
            it->nextSeq = 1;
        it->attempt = message.attempt;
    }
    Fresh fresh;
    for (const StreamItem &item : message.items) {
        it->unconfirmed += item.data.size();
        if (item.seq < it->nextSeq)
            continue;
        it->nextSeq = item.seq + 1;
        fresh.items.append(item);
    }
    if (it->unconfirmed >= window / 4) {
        fresh.credit.emplace();
        fresh.credit->id = message.id;
        fresh.credit->credit = std::exchange(it->unconfirmed, 0);
    }
    return fresh;
}

QList<StreamOpen> TaskStreams::reopened()
{
    QList<StreamOpen> all;
    for (auto it = m_streams.begin(); it != m_streams.end(); ++it) {
        it->unconfirmed = 0;
        StreamOpen open;
        open.id = it.key();
        open.fromSeq = it->nextSeq;
        open.credit = window;
        all.append(open);
    }
    return all;
}

} // namespace drover
