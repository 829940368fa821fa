// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/kinds.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <deque>

namespace drover {

//! What a link has yet to send: small messages before bulk, within the credit that the peer granted. Pure.
class Outbox
{
public:
    //! Bytes that each side may send before the other's first Credit.
    static constexpr qint64 initialCredit = 8 * 1024 * 1024;
    static constexpr qint64 mostCredit = 1024 * 1024 * 1024;
    //! Bulk waits while so much is unsent in the channel.
    static constexpr qint64 bulkMark = 64 * 1024;
    //! Nothing is added to a channel with so much unsent.
    static constexpr qint64 highMark = 256 * 1024;

    //! Where the next message is to be appended; complete it with appended().
    QByteArray &buffer(Plane plane);
    //! A message was appended to buffer(plane) from \a start on.
    void appended(Plane plane, qsizetype start);
    //! Credit beyond mostCredit is worth no more: a peer cannot make it overflow.
    void grant(quint64 bytes) { m_credit += qint64(qMin(bytes, quint64(mostCredit - qMax(m_credit, qint64(0))))); }

    //! The next frame to send when \a unsent bytes are in the channel, or empty when it has to wait or nothing is there.
    QByteArray takeFrame(qint64 unsent);
    //! True when a whole frame is waiting.
    bool isFull() const { return m_control.tail.size() >= maxOutgoingFrame; }
    bool isEmpty() const { return m_control.isEmpty() && m_bulk.isEmpty(); }
    qint64 size() const { return m_control.size() + m_bulk.size(); }
    qint64 controlSize() const { return m_control.size(); }

private:
    struct Queue
    {
        std::deque<QByteArray> frames; //!< closed ones
        QByteArray tail; //!< the one being filled
        qint64 closedBytes = 0;
        bool isEmpty() const { return frames.empty() && tail.isEmpty(); }
        qint64 size() const { return closedBytes + tail.size(); }
        QByteArray take();
    };

    Queue m_control;
    Queue m_bulk;
    qint64 m_credit = initialCredit;
};

} // namespace drover
