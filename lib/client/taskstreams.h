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
    };

    //! One reader more. All of them get the items from \a fromSeq on, as far as they are still kept.
    StreamOpen open(TaskId id, quint64 fromSeq);
    //! One reader less; true when it was the last.
    bool close(TaskId id);
    //! Nothing when nobody reads that stream or the attempt is an older one.
    std::optional<Fresh> received(const StreamItems &message);
    //! To be sent when what was received has been read, or the stream is held no more.
    std::optional<StreamCredit> moreCredit(TaskId id);
    //! Whether the writer is to get no more credit.
    void hold(TaskId id, bool on);
    //! The message that opens it again behind what was read; nothing when nobody reads it.
    std::optional<StreamOpen> reopen(TaskId id) const;
    //! The messages that resume all streams on a new link.
    QList<StreamOpen> reopened();

private:
    struct Stream
    {
        int readers = 0;
        quint32 attempt = 0;
        quint64 nextSeq = 1;
        quint64 used = 0; //!< bytes read in all on this link
        quint64 granted = window; //!< credit in all on this link
        quint64 unacknowledged = 0; //!< cost of what was read since the last credit was sent
        bool ended = false;
        bool held = false;
        bool restarting = false; //!< what is under way is not what was asked for last
    };
    static StreamOpen message(TaskId id, const Stream &stream);

    QHash<TaskId, Stream> m_streams;
};

} // namespace drover
