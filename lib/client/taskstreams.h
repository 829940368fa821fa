// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages.h"

#include <QtCore/QHash>

#include <optional>

namespace drover {

//! The streams that a client reads: where each stands, so that it is resumed after a lost link without loss or repetition,
//! and what credit its writer has. Pure.
class TaskStreams
{
public:
    //! Bytes of item data that may be under way.
    static constexpr quint64 window = 256 * 1024;

    //! What of a message is new to the reader.
    struct Fresh
    {
        quint32 attempt = 0;
        QList<StreamItem> items;
        std::optional<StreamCredit> credit; //!< to be sent when the items have been read
    };

    StreamOpen open(TaskId id, quint64 fromSeq);
    bool close(TaskId id) { return m_streams.remove(id); }
    //! Nothing when nobody reads that stream or the attempt is an older one.
    std::optional<Fresh> received(const StreamItems &message);
    //! The messages that resume all streams on a new link.
    QList<StreamOpen> reopened();

private:
    struct Stream
    {
        quint32 attempt = 0;
        quint64 nextSeq = 1;
        quint64 used = 0; //!< bytes read in all on this link
        quint64 granted = window; //!< credit in all on this link
    };

    QHash<TaskId, Stream> m_streams;
};

} // namespace drover
