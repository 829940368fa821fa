// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/taskstreams.h"

namespace drover {

namespace {

// A writer begins with the item that was asked for, or says that it is lost.
bool isOfTheReaderBefore(const StreamItems &message, quint64 wanted)
{
    return !message.items.isEmpty() && message.items.first().seq > wanted
        && message.items.first().kind != StreamItem::Lost;
}

} // namespace

StreamOpen TaskStreams::message(TaskId id, const Stream &stream)
{
    return {id, stream.nextSeq, window, stream.attempt};
}

StreamOpen TaskStreams::open(TaskId id, quint64 fromSeq)
{
    Stream fresh;
    fresh.readers = m_streams.value(id).readers + 1;
    fresh.nextSeq = qMax<quint64>(fromSeq, 1);
    fresh.restarting = fresh.readers > 1;
    m_streams.insert(id, fresh);
    return message(id, fresh);
}

bool TaskStreams::close(TaskId id)
{
    const auto it = m_streams.find(id);
    if (it == m_streams.end() || --it->readers > 0)
        return false;
    m_streams.erase(it);
    return true;
}

std::optional<TaskStreams::Fresh> TaskStreams::received(const StreamItems &message)
{
    const auto it = m_streams.find(message.id);
    if (it == m_streams.end() || it->ended)
        return std::nullopt;
    // attempt 0: the broker no longer knows of which one, and has but the end
    Fresh fresh{message.attempt ? message.attempt : it->attempt, {}};
    for (const StreamItem &item : message.items) {
        it->used += item.data.size();
        it->unacknowledged += item.cost();
    }
    if (fresh.attempt < it->attempt || (it->restarting && isOfTheReaderBefore(message, it->nextSeq)))
        return std::nullopt;
    it->restarting = false;
    if (fresh.attempt > it->attempt) {
        if (it->attempt != 0)
            it->nextSeq = 1;
        it->attempt = fresh.attempt;
    }
    for (const StreamItem &item : message.items) {
        if (item.seq < it->nextSeq && message.attempt && item.kind != StreamItem::Lost)
            continue;
        it->nextSeq = qMax(it->nextSeq, item.seq + 1);
        fresh.items.append(item);
    }
    it->ended = message.end;
    return fresh;
}

// What was read is acknowledged in the same message; the end is one number beyond the last item.
std::optional<StreamCredit> TaskStreams::moreCredit(TaskId id)
{
    const auto it = m_streams.find(id);
    if (it == m_streams.end() || (it->held && !it->ended))
        return std::nullopt;
    if (!it->ended && it->granted > it->used + window / 4 * 3 && it->unacknowledged < window / 4)
        return std::nullopt;
    it->granted = it->used + window;
    it->unacknowledged = 0;
    return StreamCredit{id, it->granted, it->attempt, it->nextSeq};
}

void TaskStreams::hold(TaskId id, bool on)
{
    if (const auto it = m_streams.find(id); it != m_streams.end())
        it->held = on;
}

std::optional<StreamOpen> TaskStreams::reopen(TaskId id) const
{
    const auto it = m_streams.find(id);
    return it == m_streams.end() ? std::nullopt : std::optional(message(id, *it));
}

QList<StreamOpen> TaskStreams::reopened()
{
    QList<StreamOpen> all;
    for (auto it = m_streams.begin(); it != m_streams.end(); ++it) {
        it->used = 0;
        it->granted = window;
        it->unacknowledged = 0;
        if (!it->ended)
            all.append(message(it.key(), *it));
    }
    return all;
}

} // namespace drover
