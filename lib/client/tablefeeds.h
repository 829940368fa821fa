// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages.h"

#include <QtCore/QMap>

#include <optional>

namespace drover {

//! The live tables that a client reads: puts snapshots together and counts credit. Pure.
class TableFeeds
{
public:
    //! Bytes of rows that may be under way in one table.
    static constexpr quint64 window = 4 * 1024 * 1024;

    struct Change
    {
        QList<QByteArray> rows;
        QList<QByteArray> removed; //!< keys
    };

    bool isSubscribed(Table table) const { return m_feeds.contains(table); }
    //! One reader more. All of them get a new snapshot, so an existing subscription is to be ended before this is sent.
    Subscribe subscribe(Table table);
    //! One reader less; true when it was the last.
    bool unsubscribe(Table table);
    //! All rows, when \a part completes a snapshot.
    std::optional<QList<QByteArray>> received(const Snapshot &part);
    Change received(const Delta &delta);
    //! To be sent when what was received has been used up.
    std::optional<Subscribe> moreCredit(Table table);
    //! The messages that subscribe again on a new link.
    QList<Subscribe> resubscribed();

private:
    struct Feed
    {
        quint64 credit = window; //!< granted in all on this link
        quint64 used = 0;
        quint64 number = 0; //!< of the snapshot that is not complete
        QList<QByteArray> rows; //!< of that
        int readers = 0;
    };
    static Subscribe message(Table table, quint64 credit);

    QMap<Table, Feed> m_feeds;
};

} // namespace drover
