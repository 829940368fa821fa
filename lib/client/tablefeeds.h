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

    Subscribe subscribe(Table table);
    bool unsubscribe(Table table) { return m_feeds.remove(table) > 0; }
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
        QList<QByteArray> rows; //!< of a snapshot that is not complete
    };
    static Subscribe message(Table table, quint64 credit);

    QMap<Table, Feed> m_feeds;
};

} // namespace drover
