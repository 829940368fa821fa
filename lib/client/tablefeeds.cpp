// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/tablefeeds.h"

namespace drover {

Subscribe TableFeeds::message(Table table, quint64 credit)
{
    Subscribe subscribe;
    subscribe.table = table;
    subscribe.credit = credit;
    return subscribe;
}

Subscribe TableFeeds::subscribe(Table table)
{
    Feed fresh;
    fresh.readers = m_feeds.value(table).readers + 1;
    m_feeds.insert(table, fresh);
    return message(table, window);
}

bool TableFeeds::unsubscribe(Table table)
{
    const auto feed = m_feeds.find(table);
    if (feed == m_feeds.end() || --feed->readers > 0)
        return false;
    m_feeds.erase(feed);
    return true;
}

std::optional<QList<QByteArray>> TableFeeds::received(const Snapshot &part)
{
    const auto feed = m_feeds.find(part.table);
    if (feed == m_feeds.end())
        return std::nullopt;
    for (const QByteArray &row : part.rows)
        feed->used += row.size();
    if (std::exchange(feed->number, part.number) != part.number)
        feed->rows.clear();
    feed->rows.append(part.rows);
    if (!part.last)
        return std::nullopt;
    return std::exchange(feed->rows, {});
}

TableFeeds::Change TableFeeds::received(const Delta &delta)
{
    Change change;
    const auto feed = m_feeds.find(delta.table);
    if (feed == m_feeds.end())
        return change;
    for (const RowChange &row : delta.changes) {
        feed->used += row.key.size() + row.row.size();
        if (row.op == RowChange::Op::Put)
            change.rows.append(row.row);
        else
            change.removed.append(row.key);
    }
    return change;
}

std::optional<Subscribe> TableFeeds::moreCredit(Table table)
{
    const auto feed = m_feeds.find(table);
    if (feed == m_feeds.end() || feed->credit > feed->used + window / 2)
        return std::nullopt;
    feed->credit = feed->used + window;
    return message(table, feed->credit);
}

QList<Subscribe> TableFeeds::resubscribed()
{
    QList<Subscribe> all;
    for (auto it = m_feeds.begin(); it != m_feeds.end(); ++it) {
        Feed fresh;
        fresh.readers = it->readers;
        *it = fresh;
        all.append(message(it.key(), window));
    }
    return all;
}

} // namespace drover
