// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/command.h"

#include <QtCore/QSet>

namespace drover::cli {

//! Which commands `drover map` runs: one an item, `{}` in each word of the command replaced by the item, or the item as one more
//! word where no word has `{}`. Pure.
class MapPlan
{
public:
    //! \a words are the command, perhaps with `:::` and the items behind it.
    static Result<MapPlan> make(const QStringList &words);

    bool hasItems() const { return m_hasItems; } //!< behind `:::`; else they are to be read: setItems()
    void setItems(QStringList items) { m_items = std::move(items); }
    //! One item a line of \a input, or apart by zero bytes. The end of the last one may be missing.
    static QStringList itemsOf(const QByteArray &input, bool byNull);

    //! The words before `:::`.
    const QStringList &words() const { return m_words; }
    qint64 total() const { return m_items.size(); }
    const QString &item(qint64 seq) const { return m_items[seq - 1]; } //!< \a seq from 1
    //! \a pattern has the other properties of the command; its words are replaced.
    Command command(qint64 seq, const Command &pattern) const;

private:
    QStringList m_words;
    QStringList m_items;
    bool m_hasItems = false;
    bool m_hasPlace = false;
};

} // namespace drover::cli
