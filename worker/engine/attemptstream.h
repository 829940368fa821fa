// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/stream.h"

#include <QtCore/QList>

#include <deque>

namespace drover {

//! What one attempt told, in a bounded ring, until a reader has acknowledged it: a reader whose link is lost gets again what was
//! under way. Pure.
//! Without a reader the oldest items make room for new ones, and a later reader is told how many it missed. With a reader nothing
//! is lost as long as the producer keeps to allowance(), or stops while isFull().
class AttemptStream
{
public:
    static constexpr qsizetype defaultCapacity = StreamItem::capacity; //!< by the cost of items

    explicit AttemptStream(qsizetype capacity = defaultCapacity) : m_capacity(capacity) {}

    //! Takes \a data as the next item and numbers it.
    void append(StreamItem::Kind kind, QByteArray data);
    //! Nothing follows.
    void end() { m_ended = true; }

    //! The reader, in place of any earlier one, wants the items from \a fromSeq on (0 or 1: all that are kept); it takes \a credit
    //! bytes of data.
    void attach(quint64 fromSeq, quint64 credit);
    //! It takes so many bytes in all since attach(); a lower number changes nothing.
    void setCredit(quint64 credit) { m_credit = qMax(m_credit, credit); }
    //! It does not ask again for items before \a read; beyond the last one: nor for the end.
    void acknowledge(quint64 read);
    //! Its link was lost: it gets nothing, but the producer waits for it as before.
    void hold() { m_credit = 0; }
    void detach() { m_reader = false; }

    bool hasReader() const { return m_reader; }
    //! True when the producer has to wait for the reader.
    bool isFull() const { return m_reader && m_bytes >= m_capacity; }
    //! What all items may cost until then.
    quint64 allowance() const;
    //! True when the reader has everything, the end included.
    bool isRead() const { return m_endRead; }

    //! What can go to the reader now.
    struct Batch
    {
        QList<StreamItem> items;
        bool end = false; //!< no more of this attempt
        bool isEmpty() const { return items.isEmpty() && !end; }
    };
    //! The next items within the credit, about \a limit bytes at most. They are kept until they are acknowledged.
    Batch take(qsizetype limit = 48 * 1024);

private:
    void dropFirst();
    void trim();

    std::deque<StreamItem> m_items;
    size_t m_given = 0; //!< of m_items, from the first on
    qsizetype m_capacity;
    qsizetype m_bytes = 0; //!< cost of m_items
    quint64 m_cost = 0; //!< of all items ever
    quint64 m_nextSeq = 1; //!< of the next item appended
    quint64 m_wanted = 1; //!< the reader's next
    quint64 m_credit = 0;
    quint64 m_used = 0; //!< bytes of data given since attach()
    bool m_reader = false;
    bool m_ended = false;
    bool m_endGiven = false;
    bool m_endRead = false;
};

} // namespace drover
